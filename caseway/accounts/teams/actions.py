"""Making, changing and removing teams."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from zoneinfo import available_timezones

from django.utils.translation import gettext as _

from caseway.accounts.changing import demand, differences, note, refuse_stale, settings_held
from caseway.accounts.events import SettingAdded, SettingChanged
from caseway.accounts.models import Brand, Membership, Team
from caseway.accounts.permissions import Permission
from caseway.accounts.viewer import Viewer
from caseway.core.errors import Invalid
from caseway.core.text import clean_line
from caseway.core.transactions import action

from .queries import state_of, team_of, version_of

LONGEST_NAME = 80
KEEP: Any = object()
"""What is not given stays as it is; a lead of None is nobody."""


@dataclass(frozen=True)
class Written:
    """What an administrator writes of a team; people by the ids of their seats, brands by theirs."""

    name: str | None = None
    time_zone: str | None = None
    lead: Any = KEEP
    members: Iterable[int] | None = None
    is_active: bool | None = None
    brands: Iterable[int] | None = None


@dataclass(frozen=True)
class _Chosen:
    """Whom and what a team is told to have; None: as before."""

    members: list[Membership] | None
    brands: list[Brand] | None

    def keep_in(self, team: Team) -> None:
        """Store it. Whoever leads a team is in it."""
        if self.members is not None:
            team.members.set(self.members)
        if self.brands is not None:
            team.brands.set(self.brands)
        if team.lead:
            team.members.add(team.lead)


@action
def add(written: Written, *, by: Viewer) -> Team:
    """Make a team. Raises NotFound and NotAllowed for whoever may not, Invalid by field."""
    by = settings_held(by, Permission.SETTINGS)
    team = Team(organisation_id=by.us)
    chosen = _apply(team, Written(**{**vars(written), "name": written.name or ""}), by)
    team.save()
    chosen.keep_in(team)
    note(SettingAdded(topic="team", key=team.pk), by, team.name, differences({}, _told(team)))
    return team


@action
def change(team: Team, written: Written, *, by: Viewer, version: int | None) -> Team:
    """Change a team. Switched off, it gets no case any more; those that it has stay.

    Raises NotFound, NotAllowed, Invalid by field, Stale where somebody else was quicker.
    """
    team_of(by, team.pk)
    demand(by, Permission.SETTINGS)
    by = settings_held(by, Permission.SETTINGS)
    stored = team_of(by, team.pk)
    refuse_stale(version_of(stored), version, state_of(stored))
    before = _told(stored)
    chosen = _apply(stored, written, by)
    stored.save()
    chosen.keep_in(stored)
    changes = differences(before, _told(stored))
    if changes:
        note(SettingChanged(topic="team", key=stored.pk), by, stored.name, changes)
    return stored


def _apply(team: Team, written: Written, by: Viewer) -> _Chosen:
    """Write the fields; gives the new members and brands. Raises Invalid by field."""
    wrong: dict[str, str] = {}
    if written.name is not None:
        team.name = clean_line(written.name, LONGEST_NAME)
        wrong |= _name_errors(team)
    if written.time_zone is not None:
        team.time_zone = written.time_zone
        if team.time_zone and team.time_zone not in available_timezones():
            wrong["time_zone"] = _("Choose a time zone of the list.")
    if written.is_active is not None:
        team.is_active = written.is_active
    if written.lead is not KEEP:
        leads = _seats(by, [] if written.lead is None else [written.lead], "lead", wrong)
        team.lead = leads[0] if leads else None
    members = None if written.members is None else _seats(by, written.members, "members", wrong)
    brands = None if written.brands is None else _brands(by, written.brands, wrong)
    if wrong:
        raise Invalid(wrong)
    return _Chosen(members, brands)


def _name_errors(team: Team) -> dict[str, str]:
    if not team.name:
        return {"name": _("Give the team a name.")}
    others = Team.objects.filter(organisation=team.organisation_id, name__iexact=team.name)
    if others.exclude(pk=team.pk).exists():
        return {"name": _("There is a team of that name already.")}
    return {}


def _seats(by: Viewer, keys: Iterable[int], field: str, wrong: dict[str, str]) -> list[Membership]:
    """Our own seats with these ids, noting an error at `field` where one isn't."""
    wanted = set(keys)
    found = list(Membership.objects.filter(organisation=by.us, pk__in=wanted))
    if len(found) != len(wanted):
        wrong[field] = _("Choose among the people of your desk.")
    return found


def _brands(by: Viewer, keys: Iterable[int], wrong: dict[str, str]) -> list[Brand]:
    """Our own brands with these ids, noting an error where one isn't."""
    wanted = set(keys)
    found = list(Brand.objects.filter(organisation=by.us, pk__in=wanted))
    if len(found) != len(wanted):
        wrong["brands"] = _("Choose among your brands.")
    return found


def _told(team: Team) -> dict[str, Any]:
    """The team as the log keeps it; people by id alone."""
    lead = [team.lead.person_id] if team.lead else []
    members = sorted(team.members.values_list("person_id", flat=True))
    return state_of(team) | {"lead": {"people": lead}, "members": {"people": members}}
