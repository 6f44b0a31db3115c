"""Setting a case back to what it was before a bulk operation, where no single operation does.

Each takes the case, who asks, and what it was before; locks, asks the table of roles as the
operation itself did, and writes events: nothing is taken out of history. All raise NotFound,
NotAllowed, Conflict, and Invalid for people or choices that are not there any more.
"""

from typing import Any

from caseway.accounts.models import Person, Team
from caseway.accounts.viewer import Viewer
from caseway.cases import copies
from caseway.cases.access.locking import lock_for
from caseway.cases.access.rules import Operation
from caseway.cases.history.actions import Actor, SeenBy, record
from caseway.cases.history.events import CaseEdited, CaseGivenToTeam, CaseReopened, StatusChanged
from caseway.cases.lifecycle.actions import move
from caseway.cases.models import Case, Reopening, Side
from caseway.cases.ownership import actions as ownership
from caseway.cases.status import Status

Before = dict[str, Any]


def before_of(side: Side) -> Before:
    """What a bulk operation may change of a side, as ids and values."""
    return {
        "owner": side.owner_id,
        "team": side.team_id,
        "status": side.status,
        "type": side.type,
        "priority": side.priority_id,
        "tags": side.tags,
    }


def give_back(case: Case, by: Viewer, before: Before) -> None:
    """Owner, team and status as they were, New too: what was done to it is as if it had not been."""
    locked = lock_for(by, Operation.ASSIGN, case)
    side = locked.own_side(by)
    if side.team_id != before["team"]:
        _set_team(side, before["team"])
        record(case, _team_event(before["team"]), by, SeenBy.ORGANISATION)
    if before["owner"] is None:
        ownership.release(case, by=by)
    elif before["owner"] != side.owner_id:
        ownership.assign(case, by=by, to=Person.objects.get(pk=before["owner"]))
    if before["status"] == Status.NEW and locked.case.status == Status.OPEN:
        copies.set_status(locked, Status.NEW)
        record(locked.case, StatusChanged(status=Status.NEW, before=Status.OPEN), by)


def _set_team(side: Side, key: int | None) -> None:
    """The team of before, or none where it is not there any more."""
    Side.objects.filter(pk=side.pk).update(team=Team.objects.filter(pk=key or 0).first())
    copies.bump([side])


def _team_event(key: int | None) -> CaseGivenToTeam | CaseEdited:
    return CaseGivenToTeam(to_team_id=key) if key else CaseEdited(changed=("team",))


def open_again(case: Case, by: Viewer, before: Before) -> None:
    """The status before the closing; nobody is asked for a reason to undo."""
    locked = lock_for(by, Operation.REOPEN, case)
    actor, closure = Actor.of(by), case.closures.last()
    status = Status(closure.status_before) if closure else Status.OPEN
    step = Reopening.objects.create(
        case=locked.case,
        organisation_id=actor.organisation_id,
        by_id=actor.person_id,
        status_before=Status(locked.case.status),
    )
    move(locked, status, undone=True)
    record(locked.case, CaseReopened(step_id=step.pk, status=status), by)
