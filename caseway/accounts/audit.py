"""Keeping what was done to people and accounts."""

from caseway.core.events import Event

from .models import AuditEntry, Organisation, Person


def record(
    event: Event,
    *,
    by: Person | None,
    organisation: Organisation | None = None,
    about: Person | None = None,
) -> AuditEntry:
    """Keep `event`, in the transaction of what it tells; `by` did it, to `about`."""
    return AuditEntry.objects.create(
        organisation=organisation, kind=event.kind, actor=by, subject=about, payload=event.payload()
    )
