"""What administrators do to the people of their desk."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from caseway.accounts.changing import demand, differences, note, refuse_stale, settings_held
from caseway.accounts.events import SettingChanged
from caseway.accounts.models import Membership, Role, Team
from caseway.accounts.permissions import Permission
from caseway.accounts.permitting.rules import keep_somebody_in_charge, refuse_beyond
from caseway.accounts.sign_in.actions import end_sessions as sign_out_everywhere
from caseway.accounts.viewer import Viewer
from caseway.core.errors import Conflict, Invalid, NotAllowed
from caseway.core.transactions import action

from .queries import is_ours_alone, seat_at, state_of, version_of


@dataclass(frozen=True)
class Place:
    """Where somebody sits: the ids of a role and of teams; None stays as it is."""

    role: int | None = None
    teams: Iterable[int] | None = None


@action
def change(seat: Membership, place: Place, *, by: Viewer, version: int | None) -> Membership:
    """Give somebody another role or other teams, at once.

    Raises NotFound; NotAllowed where the old or the new role may what `by` may not; Invalid by
    field; Conflict where nobody would be left in charge; Stale where somebody else was quicker.
    """
    stored, by = held(seat, by)
    refuse_stale(version_of(stored), version, state_of(stored))
    before = _told(stored)
    if place.role is not None:
        give_role(stored, place.role, by)
        stored.save(update_fields=["role"])
    if place.teams is not None:
        stored.teams.set(teams_of(by, place.teams))
    _keep(stored, before, by)
    return stored


@action
def switch_off(seat: Membership, *, by: Viewer) -> Membership:
    """Let somebody come to the desk no more, at once; their name on cases stays. Twice is the same.

    Raises as `change` does, and Conflict for oneself and for somebody who has not accepted yet: that
    invitation is taken back.
    """
    stored, by = held(seat, by)
    if stored.person_id == by.person_id:
        raise Conflict(_("Ask another administrator to switch you off."))
    refuse_beyond(by, stored.role.permissions)
    _refuse_waiting(stored)
    before = _told(stored)
    stored.is_active = False
    stored.save(update_fields=["is_active"])
    if before["is_active"] and is_ours_alone(stored.person, by.us):
        sign_out_everywhere(stored.person)
    _keep(stored, before, by)
    return stored


@action
def switch_on(seat: Membership, *, by: Viewer) -> Membership:
    """Let somebody come in again, in the role that they had; twice is the same.

    Raises as `change` does, and Conflict for somebody who has not accepted their invitation yet.
    """
    stored, by = held(seat, by)
    _refuse_waiting(stored)
    refuse_beyond(by, stored.role.permissions)
    before = _told(stored)
    stored.is_active = True
    stored.save(update_fields=["is_active"])
    _keep(stored, before, by)
    return stored


@action
def end_sessions(seat: Membership, *, by: Viewer) -> None:
    """Sign somebody out on every device, and let their API tokens open nothing any more.

    Raises NotFound; NotAllowed for somebody whose role may what `by` may not, and for one who is at
    home elsewhere too: their sessions aren't ours.
    """
    stored, by = held(seat, by)
    refuse_beyond(by, stored.role.permissions)
    _refuse_waiting(stored)
    if not is_ours_alone(stored.person, by.us):
        words = _("%(person)s signs in elsewhere, too. Only they, or the system administrator, can do this.")
        raise NotAllowed(words % {"person": stored.shown_name})
    sign_out_everywhere(stored.person)
    event = SettingChanged(topic="person", key=stored.pk)
    note(event, by, "", {"sessions": [None, "ended"]}, about=stored.person)


def held(seat: Membership, by: Viewer) -> tuple[Membership, Viewer]:
    """The seat as stored, held with all settings; a foreign one is not there before it is forbidden."""
    seat_at(by, seat.pk)
    demand(by, Permission.PEOPLE)
    by = settings_held(by, Permission.PEOPLE)
    return seat_at(by, seat.pk), by


def give_role(seat: Membership, key: int, by: Viewer) -> None:
    """Set the role, if both the old and the new one may no more than `by`. Raises Invalid, NotAllowed."""
    role = Role.objects.filter(organisation=by.us, pk=key).first()
    if role is None:
        raise Invalid({"role": _("Choose one of your organisation's roles.")})
    if seat.role_id and seat.role_id != role.pk:
        refuse_beyond(by, seat.role.permissions)
    if seat.role_id != role.pk:
        refuse_beyond(by, role.permissions)
    seat.role = role


def teams_of(by: Viewer, keys: Iterable[int]) -> list[Team]:
    """The teams with these ids. Raises Invalid at `teams` for one that isn't ours."""
    wanted = set(keys)
    found = list(Team.objects.filter(organisation=by.us, pk__in=wanted))
    if len(found) != len(wanted):
        raise Invalid({"teams": _("Choose among your organisation's teams.")})
    return found


def _refuse_waiting(seat: Membership) -> None:
    if seat.is_waiting:
        raise Conflict(_("%(name)s has not accepted the invitation yet.") % {"name": seat.shown_name})


def _told(seat: Membership) -> dict[str, Any]:
    """The seat in the organisation's own words, as the log keeps it."""
    teams = sorted(seat.teams.values_list("name", flat=True))
    return {"role": seat.role.name, "teams": teams, "is_active": seat.is_active}


def _keep(seat: Membership, before: dict[str, Any], by: Viewer) -> None:
    changes = differences(before, _told(seat))
    if changes:
        keep_somebody_in_charge(by.us)
        event = SettingChanged(topic="person", key=seat.pk)
        note(event, by, "", changes, about=seat.person)
