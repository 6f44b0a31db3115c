"""Who is responsible: claim, assign, transfer, release, give to a team, upgrade.

Each side has one owner at most, and decides about its own. All raise NotFound, NotAllowed,
Conflict, and Invalid for a person or team that the side doesn't have.
"""

from django.utils.translation import gettext as _

from caseway.accounts.models import Membership, Person, Team
from caseway.accounts.viewer import Viewer
from caseway.cases import copies
from caseway.cases.access.locking import Locked, lock_case, lock_for
from caseway.cases.access.rules import Operation
from caseway.cases.conversation.notes import add_note
from caseway.cases.history.actions import SeenBy, record
from caseway.cases.history.events import (
    CaseAssigned,
    CaseClaimed,
    CaseGivenToTeam,
    CaseLevelChanged,
    CaseReleased,
)
from caseway.cases.models import Case, CaseEvent, Side
from caseway.cases.status import Status
from caseway.core.errors import Invalid
from caseway.core.text import normal_address
from caseway.core.transactions import action

HIGHEST_LEVEL = 3


def _set_owner(locked: Locked, side: Side, owner: Person | None) -> None:
    """Store the owner and tell everybody who sees the owner's name; New opens with its first owner."""
    side.owner = owner
    Side.objects.filter(pk=side.pk).update(owner=owner)
    opens = owner is not None and locked.case.status == Status.NEW and side == locked.host_side
    if opens:
        copies.set_status(locked, Status.OPEN)
    else:
        copies.touch(locked.sides.values())
        if side == locked.host_side:
            copies.touch_customer(locked.case)


def _known_to(locked: Locked, side: Side) -> CaseEvent.SeenBy:
    """The host's owner is everybody's news; a partner's concerns the two organisations."""
    return SeenBy.EVERYONE if side == locked.host_side else SeenBy.SIDES


def colleague(by: Viewer, email: str) -> Person:
    """The active colleague with this address. Raises Invalid at `owner`."""
    seat = (
        Membership.objects.filter(organisation=by.organisation_id, is_active=True, person__is_active=True)
        .filter(person__email=normal_address(email))
        .select_related("person")
        .first()
    )
    if seat is None:
        raise Invalid({"owner": _("Nobody in your organisation has this address.")})
    return seat.person


@action
def claim(case: Case, *, by: Viewer) -> Case:
    """Take an unowned case. Of a hundred at once, one gets it; the others hear who did (Conflict)."""
    locked = lock_for(by, Operation.CLAIM, case)
    side = locked.own_side(by)
    before = Status(locked.case.status)
    _set_owner(locked, side, by.person)
    event = CaseClaimed(owner_person_id=by.person_id or 0, status_before=before)
    record(locked.case, event, by, _known_to(locked, side))
    return locked.case


@action
def assign(case: Case, *, by: Viewer, to: Person, note: str = "") -> Case:
    """Give the case to a colleague (a transfer, if somebody owns it). The note becomes a team note."""
    locked = lock_for(by, Operation.ASSIGN, case)
    side = locked.own_side(by)
    owner, before = colleague(by, to.email), side.owner_id
    if before == owner.pk:
        return locked.case
    _set_owner(locked, side, owner)
    event = CaseAssigned(owner_person_id=owner.pk, before_person_id=before)
    record(locked.case, event, by, _known_to(locked, side))
    add_note(locked, by, note)
    return locked.case


@action
def release(case: Case, *, by: Viewer, note: str = "") -> Case:
    """Give the case back to the queue; the status stays. Without owner nothing happens."""
    locked = lock_for(by, Operation.RELEASE, case)
    side = locked.own_side(by)
    if side.owner_id is None:
        return locked.case
    before = side.owner_id
    _set_owner(locked, side, None)
    record(locked.case, CaseReleased(before_person_id=before), by, _known_to(locked, side))
    add_note(locked, by, note)
    return locked.case


@action
def give_to_team(case: Case, *, by: Viewer, team: Team, note: str = "") -> Case:
    """Put the case into a team's queue; its owner, if any, lets go. Raises Invalid at `team`."""
    locked = lock_for(by, Operation.ASSIGN, case)
    side = locked.own_side(by)
    if team.organisation_id != by.organisation_id or not team.is_active:
        raise Invalid({"team": _("Your organisation has no such team.")})
    before, before_team = side.owner_id, side.team_id
    Side.objects.filter(pk=side.pk).update(team=team)
    if before is None:
        copies.bump([side])  # whose queue it waits in is our own affair: it moves for nobody else
    else:
        _set_owner(locked, side, None)
    event = CaseGivenToTeam(to_team_id=team.pk, before_person_id=before, before_team_id=before_team)
    record(locked.case, event, by, SeenBy.ORGANISATION)
    add_note(locked, by, note)
    return locked.case


@action
def return_ownership(
    case: Case, *, by: Viewer, owner: Person | None, team: Team | None = None, returns_team: bool = False
) -> Case:
    """Give the case back to who owned it before (nobody: None), and with `returns_team` to that queue.

    The caller has made sure that the viewer undoes their own deed: they may have given the right to
    do so away with the case. An owner who has left the organisation gets nothing back (Invalid).
    """
    locked = lock_case(case.pk)
    side = locked.own_side(by)
    if returns_team:
        Side.objects.filter(pk=side.pk).update(team=team)
    before = side.owner_id
    if owner is not None:
        owner = colleague(by, owner.email)
    _set_owner(locked, side, owner)
    if owner is not None:
        event: CaseAssigned | CaseReleased = CaseAssigned(owner_person_id=owner.pk, before_person_id=before)
    else:
        event = CaseReleased(before_person_id=before or 0)
    record(locked.case, event, by, _known_to(locked, side))
    return locked.case


@action
def set_level(case: Case, *, by: Viewer, level: int, note: str = "") -> Case:
    """Upgrade or downgrade our side to level 0..3, with an optional note. Raises Invalid at `level`."""
    locked = lock_for(by, Operation.UPGRADE, case)
    side = locked.own_side(by)
    if not 0 <= level <= HIGHEST_LEVEL:
        raise Invalid({"level": _("Choose a level from 0 to 3.")})
    if level == side.level:
        return locked.case
    Side.objects.filter(pk=side.pk).update(level=level)
    copies.bump([side])
    record(locked.case, CaseLevelChanged(level=level, before=side.level), by, SeenBy.ORGANISATION)
    add_note(locked, by, note)
    return locked.case
