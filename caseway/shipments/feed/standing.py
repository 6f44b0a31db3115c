"""How a shipment stands after its events."""

from collections.abc import Iterable
from typing import Any

from caseway.shipments.models import ShipmentEvent

from .record import Record
from .statuses import Status, status_of


def stand(record: Record, events: Iterable[ShipmentEvent]) -> dict[str, Any]:
    """Status and time of delivery as the events tell them, where the record itself doesn't.

    The latest event that means a status decides; one that is newer than it and means none
    leaves it. Of events at the same moment, the one told last counts.
    """
    told = [(event.happened_at, place, event) for place, event in enumerate(events)]
    in_order = [event for _, _, event in sorted(told, key=lambda found: found[:2])]
    meant = [(event, status) for event in in_order if (status := meaning(event))]
    changes: dict[str, Any] = {}
    if meant and "status" not in record.changes:
        changes["status"] = meant[-1][1]
    delivered = [event.happened_at for event, status in meant if status == Status.DELIVERED]
    if delivered and "delivered_at" not in record.changes:
        changes["delivered_at"] = delivered[-1]
    return changes


def meaning(event: ShipmentEvent) -> str | None:
    """The status that an event means, or None."""
    if event.is_exception:
        return Status.EXCEPTION
    return status_of(event.code) or status_of(event.description)
