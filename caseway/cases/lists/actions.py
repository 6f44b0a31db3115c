"""Adding to a list, changing, moving and switching off its rows, removing what nothing refers to.

Whoever may change settings does it; each change is kept in the organisation's log.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from caseway.accounts.changing import demand, differences, note, refuse_stale, settings_held
from caseway.accounts.events import SettingAdded, SettingChanged, SettingRemoved
from caseway.accounts.permissions import Permission
from caseway.accounts.viewer import Viewer
from caseway.cases.models import Tag
from caseway.core.errors import Conflict
from caseway.core.transactions import action

from .checking import check_state, checked_names, checked_values, refuse_twin
from .fields import Flag
from .kinds import ListKind
from .order import at_the_end, placed, siblings, write_places
from .queries import row_of, state_of, version_of
from .uses import is_referred_to


@dataclass(frozen=True)
class Written:
    """What an administrator writes of a row: its name by language, and the list's own fields.

    What is left out of `values`, and a name or state of None, stays as it is.
    """

    names: Mapping[str, str] | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    is_active: bool | None = None


@action
def add(kind: ListKind, written: Written, *, by: Viewer) -> Any:
    """Put a row at the end of its part of the list.

    Raises NotFound and NotAllowed for whoever may not, Invalid by field.
    """
    by = settings_held(by, Permission.SETTINGS)
    row = kind.model(organisation_id=by.us)
    for one in kind.fields:
        setattr(row, one.name, one.checked(written.values.get(one.name), by))
    row.name = checked_names(kind, written.names or {})
    row.is_active = written.is_active is not False
    check_state(kind, row)
    refuse_twin(kind, row)
    at_the_end(kind, row)
    _keep_only_one(kind, row)
    row.save()
    event = SettingAdded(topic=kind.topic, key=row.pk)
    note(event, by, row.label, differences({}, _told(kind, row)))
    return row


@action
def change(kind: ListKind, row: Any, written: Written, *, by: Viewer, version: int | None) -> Any:
    """Rename a row, change its fields, switch it off or on. What did not change is not kept.

    `version` is the one that was read, None takes any. Raises NotFound, NotAllowed, Invalid by
    field, Conflict, and Stale with what is stored where somebody else was quicker.
    """
    stored, by = _held(kind, row, by, version)
    before = _told(kind, stored)
    if written.names is not None:
        stored.name = checked_names(kind, written.names)
    for name, value in checked_values(kind, stored, written.values, by).items():
        setattr(stored, name, value)
    if written.is_active is not None:
        stored.is_active = written.is_active
    check_state(kind, stored)
    refuse_twin(kind, stored)
    changes = differences(before, _told(kind, stored))
    if changes:
        _keep_only_one(kind, stored)
        stored.save()
        if isinstance(stored, Tag) and "name" in changes:
            _rename_on_cases(stored, *changes["name"])
        note(SettingChanged(topic=kind.topic, key=stored.pk), by, stored.label, changes)
    return stored


@action
def move(kind: ListKind, row: Any, *, before: int | None, by: Viewer) -> Any:
    """Let a row stand before another of its part of the list, or at its end.

    Raises NotFound, NotAllowed; Conflict for a list that has no order of its own, or where the
    other row is gone.
    """
    stored, by = _held(kind, row, by, None)
    if not kind.has_places:
        raise Conflict(_("This list is sorted by name."))
    rows = list(siblings(kind, stored).select_for_update(no_key=True))
    wanted = placed(rows, stored.pk, before)
    if [one.pk for one in wanted] != [one.pk for one in rows]:
        was = next(place for place, one in enumerate(rows, start=1) if one.pk == stored.pk)
        now = next(place for place, one in enumerate(wanted, start=1) if one.pk == stored.pk)
        write_places(kind, wanted)
        note(SettingChanged(topic=kind.topic, key=stored.pk), by, stored.label, {"place": [was, now]})
    return stored


@action
def remove(kind: ListKind, row: Any, *, by: Viewer) -> None:
    """Take a row away that no case, and nothing else, ever referred to.

    Raises NotFound, NotAllowed, and Conflict for what is in use: that can be switched off.
    """
    stored, by = _held(kind, row, by, None)
    uses = kind.uses(by.us) if kind.uses else {}
    if uses.get(stored.pk) or is_referred_to(stored):
        raise Conflict(_("“%(name)s” is in use. Switch it off instead.") % {"name": stored.label})
    key, gone = stored.pk, {name: [value, None] for name, value in _told(kind, stored).items()}
    stored.delete()
    note(SettingRemoved(topic=kind.topic, key=key), by, stored.label, gone)


def _held(kind: ListKind, row: Any, by: Viewer, version: int | None) -> tuple[Any, Viewer]:
    """The row as stored, held with all settings; a foreign one is not there before it is forbidden."""
    row_of(kind, by, row.pk)
    demand(by, Permission.SETTINGS)
    by = settings_held(by, Permission.SETTINGS)
    stored = row_of(kind, by, row.pk)
    refuse_stale(version_of(kind, stored), version, state_of(kind, stored))
    return stored, by


def _told(kind: ListKind, row: Any) -> dict[str, Any]:
    told = {one.name: one.told(row) for one in kind.fields}
    return {"name": row.name, "is_active": row.is_active} | told


def _keep_only_one(kind: ListKind, row: Any) -> None:
    """Take from the others what only one row may be."""
    for one in kind.fields:
        if isinstance(one, Flag) and one.only_one and getattr(row, one.name):
            others = kind.model.objects.filter(organisation=row.organisation_id, **{one.name: True})
            others.exclude(pk=row.pk).update(**{one.name: False})


def _rename_on_cases(tag: Tag, old: str, new: str) -> None:
    """Have the worker write the new word on the cases that bear the old one."""
    job = app.configure_task("cases.rename_tag", lock=f"tags of {tag.organisation_id}")
    job.defer(organisation_id=tag.organisation_id, old=old, new=new)
