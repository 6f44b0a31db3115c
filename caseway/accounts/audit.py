"""Keeping what was done to people, accounts and settings: one log for each organisation."""

from collections.abc import Mapping
from typing import Any

from caseway.core.events import Event

from .models import AuditEntry, Organisation, Person


def record(
    event: Event,
    *,
    by: Person | None,
    organisation: Organisation | None = None,
    about: Person | None = None,
    thing: str = "",
    changes: Mapping[str, list[Any]] | None = None,
) -> AuditEntry:
    """Keep `event`, in the transaction of what it tells; `by` did it, to `about`.

    `thing` names a setting, `changes` gives its fields as `[old, new]`; see `AuditEntry`.
    """
    return AuditEntry.objects.create(
        organisation=organisation,
        kind=event.kind,
        actor=by,
        subject=about,
        payload=event.payload(),
        thing=thing[:250],
        changes=changes or {},
    )
