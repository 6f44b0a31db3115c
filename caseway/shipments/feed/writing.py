"""Stores a batch of records: whoever imports at the same time waits, and finds it done."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from caseway.accounts.models import Organisation
from caseway.core.clock import now
from caseway.core.events import react
from caseway.core.transactions import action
from caseway.shipments.events import PartiesChanged
from caseway.shipments.models import Place, Shipment, ShipmentEvent, ShipmentNumber

from .numbers import numbers_of
from .record import Happening, Record
from .report import Outcome
from .standing import stand

Key = tuple[datetime, str, str]
NAMES = {"origin_name", "destination_name"}
PARTIES = {"carrier", "carrier_id", "carrier_name", "shipper", "shipper_id", "shipper_name"}


@action
def store(organisation: Organisation, records: Sequence[Record]) -> list[Outcome]:
    """Create or update the shipments of `records`, each of another number, and say what became of each.

    A shipment of which nothing changes is not written, so its `updated_at` stays. Feeds of one
    organisation take turns by a lock on its row, which stands in nobody else's way.
    """
    with transaction.atomic():  # a savepoint, for a caller who goes on after a batch that fails
        Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
        drafts = _drafts(organisation, {record.number: record for record in records})
        _write(drafts)
    return [draft.outcome for draft in drafts]


def _drafts(organisation: Organisation, by_number: dict[str, Record]) -> list["_Draft"]:
    stored = {
        shipment.number: shipment
        for shipment in Shipment.objects.filter(organisation=organisation, number__in=by_number)
    }
    events = _events_of(stored.values())
    return [_draft(organisation, record, stored.get(record.number), events) for record in by_number.values()]


class _Draft:
    """A shipment with what a record makes of it, before it is written."""

    def __init__(self, shipment: Shipment, told: dict[Key, ShipmentEvent]) -> None:
        self.shipment = shipment
        self.is_new = shipment.pk is None
        self.told = told
        self.changed: set[str] = set()
        self.new_events: list[ShipmentEvent] = []
        self.changed_events: list[ShipmentEvent] = []

    def set(self, name: str, value: Any) -> None:
        """Set a column, and remember whether that changed it."""
        if getattr(self.shipment, name) != value:
            setattr(self.shipment, name, value)
            self.changed.add(name)

    def happen(self, happening: Happening) -> None:
        """Add an event, or what is new about one that is known."""
        known = self.told.get(happening.key)
        if known is None:
            self.new_events.append(_event(self.shipment, happening))
        elif (known.description, known.is_exception) != (happening.description, happening.is_exception):
            known.description, known.is_exception = happening.description, happening.is_exception
            self.changed_events.append(known)

    @property
    def outcome(self) -> Outcome:
        """Whether it is new, changed, or as it was."""
        if self.is_new:
            return Outcome.CREATED
        touched = self.changed or self.new_events or self.changed_events
        return Outcome.UPDATED if touched else Outcome.UNCHANGED


def _draft(
    organisation: Organisation,
    record: Record,
    stored: Shipment | None,
    events: dict[int, dict[Key, ShipmentEvent]],
) -> _Draft:
    shipment = stored or _new(organisation, record.number)
    draft = _Draft(shipment, events.get(shipment.pk, {}))
    for name, value in record.changes.items():
        draft.set(name, value)
    for happening in record.events.values():
        draft.happen(happening)
    if record.events:
        for name, value in stand(record, [*draft.told.values(), *draft.new_events]).items():
            draft.set(name, value)
    return draft


def _new(organisation: Organisation, number: str) -> Shipment:
    """A shipment of which the feeding organisation is the one side that we know."""
    shipment = Shipment(organisation=organisation, number=number)
    side = "shipper" if organisation.kind == Organisation.Kind.SHIPPER else "carrier"
    setattr(shipment, f"{side}_id", organisation.pk)
    return shipment


def _event(shipment: Shipment, happening: Happening) -> ShipmentEvent:
    return ShipmentEvent(
        shipment=shipment,
        happened_at=happening.happened_at,
        code=happening.code,
        description=happening.description,
        place=happening.place,
        is_exception=happening.is_exception,
    )


def _events_of(shipments: Iterable[Shipment]) -> dict[int, dict[Key, ShipmentEvent]]:
    found: dict[int, dict[Key, ShipmentEvent]] = {}
    for event in ShipmentEvent.objects.filter(shipment__in=list(shipments)).order_by("pk"):
        key = (event.happened_at, event.code, event.place)
        found.setdefault(event.shipment_id, {})[key] = event
    return found


def _write(drafts: Sequence[_Draft]) -> None:
    _settle([draft for draft in drafts if draft.is_new or draft.changed & NAMES])
    Shipment.objects.bulk_create([draft.shipment for draft in drafts if draft.is_new])
    changed = [draft for draft in drafts if draft.outcome is Outcome.UPDATED]
    for draft in changed:
        draft.shipment.updated_at = now()
    columns = sorted({"updated_at", *(name for draft in changed for name in draft.changed)})
    Shipment.objects.bulk_update([draft.shipment for draft in changed], columns, batch_size=500)
    for draft in drafts:
        for event in draft.new_events:
            event.shipment = draft.shipment
    ShipmentEvent.objects.bulk_create(event for draft in drafts for event in draft.new_events)
    again = [event for draft in drafts for event in draft.changed_events]
    ShipmentEvent.objects.bulk_update(again, ["description", "is_exception"], batch_size=500)
    _write_numbers([draft.shipment for draft in drafts if draft.is_new or draft.changed])
    if moved := tuple(draft.shipment.pk for draft in changed if draft.changed & PARTIES):
        told = PartiesChanged(shipment_ids=moved)
        react(told, told)


def _settle(drafts: Sequence[_Draft]) -> None:
    """Place the shipments whose origin or destination has another name now."""
    Place.objects.settle([draft.shipment for draft in drafts])
    for draft in drafts:
        draft.changed |= {"origin_place", "destination_place"}


def _write_numbers(shipments: list[Shipment]) -> None:
    numbers = [number for shipment in shipments for number in numbers_of(shipment)]
    ShipmentNumber.objects.bulk_create(
        numbers, update_conflicts=True, unique_fields=["shipment", "kind"], update_fields=["value"]
    )
