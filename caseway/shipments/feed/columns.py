"""The fields of a feed, and the names under which files have them.

A name is compared without case, blanks, dashes, underscores and dots: `Tracking No.` is
`tracking_no`. Names from a spreadsheet in plain words are as good as those of our API.
"""

import re
from collections.abc import Iterable, Mapping

_IGNORED = re.compile(r"[\W_]+")

FIELDS: Mapping[str, tuple[str, ...]] = {
    "number": (
        "shipment",
        "shipment number",
        "shipment no",
        "shipment id",
        "load",
        "load number",
        "pro number",
    ),
    "tracking_number": ("tracking", "tracking no", "tracking id", "awb", "waybill"),
    "reference_number": ("reference", "reference no", "ref", "ref no", "customer reference"),
    "purchase_order": ("po", "po number", "po no", "purchase order number"),
    "bill_of_lading": ("bol", "bol number", "b/l", "bill of lading number"),
    "order_number": ("order", "order no", "order id", "sales order"),
    "return_authorization": ("ra", "ra number", "rma", "rma number", "return authorisation"),
    "shipper": ("shipper name", "consignor"),
    "carrier": ("carrier name", "scac"),
    "brand": ("brand name",),
    "customer": (
        "customer number",
        "customer no",
        "customer name",
        "customer account",
        "account",
        "account number",
    ),
    "mode": ("transport mode", "service"),
    "direction": (),
    "region": (),
    "status": ("shipment status",),
    "goods": ("contents", "description of goods", "commodity"),
    "eta": ("estimated delivery", "estimated arrival", "expected", "expected at", "expected delivery"),
    "delivered_at": ("delivered", "delivery date", "actual delivery"),
    "origin_name": ("origin", "from", "from name", "ship from", "sender"),
    "origin_address": ("from address", "ship from address", "sender address"),
    "origin_postal_code": (
        "origin zip",
        "origin zip code",
        "origin postcode",
        "from zip",
        "from postal code",
    ),
    "origin_country": ("origin country code", "from country"),
    "destination_name": (
        "destination",
        "dest",
        "dest name",
        "to",
        "to name",
        "ship to",
        "receiver",
        "consignee",
        "recipient",
    ),
    "destination_address": (
        "dest address",
        "to address",
        "ship to address",
        "receiver address",
        "consignee address",
    ),
    "destination_postal_code": (
        "destination zip",
        "dest zip",
        "destination zip code",
        "destination postcode",
        "to zip",
        "to postal code",
    ),
    "destination_country": ("destination country code", "dest country", "to country"),
    "event_at": ("event time", "event date", "event happened at"),
    "event_code": ("event status", "event type"),
    "event_description": ("event text", "event"),
    "event_place": ("event location", "event city"),
    "event_exception": ("event is exception", "exception"),
}
EVENT_FIELDS = tuple(name for name in FIELDS if name.startswith("event_"))
EVENT_KEYS: Mapping[str, str] = {
    "at": "event_at",
    "time": "event_at",
    "date": "event_at",
    "happenedat": "event_at",
    "code": "event_code",
    "status": "event_code",
    "type": "event_code",
    "description": "event_description",
    "text": "event_description",
    "place": "event_place",
    "location": "event_place",
    "city": "event_place",
    "exception": "event_exception",
    "isexception": "event_exception",
}
"""Names within one event of a JSON file, beside those of `FIELDS`."""


def plain(name: str) -> str:
    """A column's name as it is compared."""
    return _IGNORED.sub("", name).lower()


_BY_NAME = {plain(name): field for field, names in FIELDS.items() for name in (field, *names)}


def field_of(name: str) -> str | None:
    """The field that a column's name means, or None."""
    return _BY_NAME.get(plain(name))


def event_field_of(name: str) -> str | None:
    """The field that a key within an event means, or None."""
    return EVENT_KEYS.get(plain(name)) or _BY_NAME.get(plain(name))


def fields_of(names: Iterable[str]) -> tuple[dict[str, str], list[str], list[tuple[str, str]]]:
    """For a file's names: which field each means, those that mean none, and pairs that mean the same."""
    meant: dict[str, str] = {}
    unknown: list[str] = []
    doubled: list[tuple[str, str]] = []
    first: dict[str, str] = {}
    for name in names:
        field = field_of(name)
        if field is None:
            unknown.append(name)
        elif field in first:
            doubled.append((first[field], name))
        else:
            meant[name] = first[field] = field
            first[field] = name
    return meant, [name for name in unknown if name.strip()], doubled
