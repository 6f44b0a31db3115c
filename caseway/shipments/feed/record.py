"""A row of a feed, understood: typed, checked, its names resolved."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any

from caseway.shipments.models import Shipment, ShipmentEvent

from .columns import plain
from .directory import Directory
from .rows import Refusal, Row, Value
from .statuses import DIRECTION_WORDS, MODE_WORDS, STATUS_WORDS, Status, status_of
from .values import Wrong, choice, country, flag, identifier, moment, text

END_OF_DAY = time(23, 59)
IDENTIFIERS = frozenset(
    {
        "tracking_number",
        "reference_number",
        "purchase_order",
        "bill_of_lading",
        "order_number",
        "return_authorization",
    }
)
COUNTRIES = frozenset({"origin_country", "destination_country"})
CHOICES = {"status": STATUS_WORDS, "mode": MODE_WORDS, "direction": DIRECTION_WORDS}
PARTIES = frozenset({"shipper", "carrier"})


@dataclass(frozen=True)
class Happening:
    """One event of a shipment."""

    happened_at: datetime
    code: str
    description: str
    place: str
    is_exception: bool

    @property
    def key(self) -> tuple[datetime, str, str]:
        """What makes it one event, however often it is told."""
        return self.happened_at, self.code, self.place


@dataclass
class Record:
    """What a file says of one shipment: columns of `Shipment` that change, and events to add."""

    line: int
    number: str
    changes: dict[str, Any] = field(default_factory=dict)
    events: dict[tuple[datetime, str, str], Happening] = field(default_factory=dict)

    def add(self, later: "Record") -> None:
        """Take over what a later row says of the same shipment."""
        self.changes |= later.changes
        self.events |= later.events


class _WrongIn(Wrong):
    """Names the field that is wrong."""

    def __init__(self, field_name: str, problem: Wrong) -> None:
        super().__init__(str(problem))
        self.field = field_name


def understand(row: Row, directory: Directory) -> Record | Refusal:
    """The record that a row makes, or the first thing wrong with it."""
    try:
        record = Record(row.line, _number(row))
        for name, value in row.values.items():
            record.changes |= _changes(name, value, directory)
        for event in row.events:
            happening = _happening(event, directory)
            record.events[happening.key] = happening
    except _WrongIn as problem:
        return Refusal(row.line, problem.field, str(problem))
    return record


def _number(row: Row) -> str:
    if not row.number:
        missing = Wrong("is missing: every record needs the shipment's number or its tracking number")
        raise _WrongIn("number", missing)
    try:
        return identifier(row.number)
    except Wrong as problem:
        raise _WrongIn("number", problem) from None


def _changes(name: str, value: Value, directory: Directory) -> dict[str, Any]:
    """What one field of a row changes in columns of `Shipment`."""
    if name == "number":
        return {}
    try:
        if name in PARTIES:
            return _party(name, value, directory)
        read = _READERS.get(name)
        found = read(value, directory) if read else text(value, _longest(Shipment, name))
    except Wrong as problem:
        raise _WrongIn(name, problem) from None
    return {_COLUMNS.get(name, name): found}


_COLUMNS = {"brand": "brand_id", "customer": "account_id"}


def _choice(name: str, value: Value) -> str:
    known = {"status": Shipment.Status, "mode": Shipment.Mode, "direction": Shipment.Direction}[name]
    return choice(value, CHOICES[name], plain(str(value)), ", ".join(known.values))


def _party(name: str, value: Value, directory: Directory) -> dict[str, Any]:
    """A partner by id, and anybody by the name that the feed gives them."""
    written = text(value, _longest(Shipment, f"{name}_name"))
    partner = directory.partner(written)
    return {f"{name}_id": partner.pk if partner else None, f"{name}_name": written}


def _happening(event: Mapping[str, Value], directory: Directory) -> Happening:
    read: dict[str, Any] = {"event_code": "", "event_description": "", "event_place": ""}
    for name, value in event.items():
        try:
            read[name] = _event_value(name, value, directory)
        except Wrong as problem:
            raise _WrongIn(name, problem) from None
    if "event_at" not in read:
        raise _WrongIn("event_at", Wrong("is missing: an event needs the time at which it happened"))
    code = read["event_code"] or plain(read["event_description"])[:40]
    if not code:
        raise _WrongIn("event_code", Wrong("is missing: an event needs a code or a description"))
    description = read["event_description"] or code.replace("_", " ").capitalize()
    found = status_of(code) or status_of(description)
    exception = read.get("event_exception", found == Status.EXCEPTION)
    return Happening(read["event_at"], code, description, read["event_place"], exception)


def _event_value(name: str, value: Value, directory: Directory) -> Any:
    match name:
        case "event_at":
            return moment(value, directory.zone)
        case "event_exception":
            return flag(value)
        case "event_code" | "event_description" | "event_place":
            return text(value, _longest(ShipmentEvent, name.removeprefix("event_")))
        case _:
            return value


def _longest(model: type[Shipment] | type[ShipmentEvent], name: str) -> int:
    return int(getattr(model._meta.get_field(name), "max_length", None) or 250)


_READERS: Mapping[str, Callable[[Value, Directory], Any]] = {
    **dict.fromkeys(IDENTIFIERS, lambda value, _: identifier(value)),
    **dict.fromkeys(COUNTRIES, lambda value, _: country(value)),
    "status": lambda value, _: _choice("status", value),
    "mode": lambda value, _: _choice("mode", value),
    "direction": lambda value, _: _choice("direction", value),
    "eta": lambda value, directory: moment(value, directory.zone, at=END_OF_DAY),
    "delivered_at": lambda value, directory: moment(value, directory.zone),
    "brand": lambda value, directory: directory.brand(text(value, 120)).pk,
    "customer": lambda value, directory: directory.customer(text(value, 160)).pk,
}
