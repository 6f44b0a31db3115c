"""What the log of an organisation keeps of bulk operations; each case keeps its own events."""

from dataclasses import dataclass

from caseway.core.events import Event


@dataclass(frozen=True, kw_only=True)
class BulkAsked(Event):
    """Somebody began a bulk operation."""

    kind = "bulk.asked"

    bulk_id: int
    operation: str


@dataclass(frozen=True, kw_only=True)
class BulkCancelled(Event):
    """Somebody stopped theirs before its end."""

    kind = "bulk.cancelled"

    bulk_id: int
    operation: str


@dataclass(frozen=True, kw_only=True)
class BulkUndone(Event):
    """Somebody asked to take theirs back."""

    kind = "bulk.undone"

    bulk_id: int
    operation: str
