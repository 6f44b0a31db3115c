"""Making, changing and removing roles."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from caseway.accounts.changing import demand, differences, note, refuse_stale, settings_held
from caseway.accounts.events import SettingAdded, SettingChanged, SettingRemoved
from caseway.accounts.models import Role
from caseway.accounts.permissions import Permission
from caseway.accounts.viewer import Viewer
from caseway.core.errors import Conflict, Invalid
from caseway.core.text import clean_line
from caseway.core.transactions import action

from .queries import role_of, state_of, version_of
from .rules import keep_somebody_in_charge, refuse_beyond

LONGEST_NAME = 80


@dataclass(frozen=True)
class Written:
    """What an administrator writes of a role; None stays as it is."""

    name: str | None = None
    permissions: Iterable[str] | None = None
    needs_second_factor: bool | None = None


@action
def add(written: Written, *, by: Viewer) -> Role:
    """Make a role. Raises NotFound, NotAllowed (also for permissions that `by` lacks), Invalid by field."""
    by = settings_held(by, Permission.PEOPLE)
    role = Role(organisation_id=by.us)
    _apply(role, Written(written.name or "", written.permissions or (), written.needs_second_factor))
    refuse_beyond(by, role.permissions)
    role.save()
    note(SettingAdded(topic="role", key=role.pk), by, role.name, differences({}, state_of(role)))
    return role


@action
def change(role: Role, written: Written, *, by: Viewer, version: int | None) -> Role:
    """Change a role; for everybody who has it, at once.

    Raises NotFound; NotAllowed for permissions given or taken that `by` lacks; Invalid by field;
    Conflict where nobody would be left in charge; Stale where somebody else was quicker.
    """
    stored, by = _held(role, by)
    before = state_of(stored)
    refuse_stale(version_of(stored), version, before)
    _apply(stored, written)
    changes = differences(before, state_of(stored))
    if changes:
        refuse_beyond(by, set(before["permissions"]) ^ set(stored.permissions))
        stored.save()
        keep_somebody_in_charge(by.us)
        note(SettingChanged(topic="role", key=stored.pk), by, stored.name, changes)
    return stored


@action
def remove(role: Role, *, by: Viewer) -> None:
    """Take away a role that nobody has. Raises NotFound, NotAllowed, and Conflict while somebody has it."""
    stored, by = _held(role, by)
    if stored.memberships.exists():
        raise Conflict(_("“%(name)s” is somebody's role. Give them another one first.") % {"name": stored})
    refuse_beyond(by, stored.permissions)
    key, gone = stored.pk, {name: [value, None] for name, value in state_of(stored).items()}
    stored.delete()
    note(SettingRemoved(topic="role", key=key), by, stored.name, gone)


def _held(role: Role, by: Viewer) -> tuple[Role, Viewer]:
    """The role as stored, held with all settings; a foreign one is not there before it is forbidden."""
    role_of(by, role.pk)
    demand(by, Permission.PEOPLE)
    by = settings_held(by, Permission.PEOPLE)
    return role_of(by, role.pk), by


def _apply(role: Role, written: Written) -> None:
    wrong: dict[str, str] = {}
    if written.name is not None:
        role.name = clean_line(written.name, LONGEST_NAME)
        others = Role.objects.filter(organisation=role.organisation_id, name__iexact=role.name)
        if not role.name:
            wrong["name"] = _("Give the role a name.")
        elif others.exclude(pk=role.pk).exists():
            wrong["name"] = _("There is a role of that name already.")
    if written.permissions is not None:
        role.permissions = sorted(set(written.permissions))
        if not set(role.permissions) <= set(Permission.values):
            wrong["permissions"] = _("Choose permissions from the list.")
    if written.needs_second_factor is not None:
        role.needs_second_factor = written.needs_second_factor
    if wrong:
        raise Invalid(wrong)
