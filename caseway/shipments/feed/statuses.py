"""Words of carriers and shippers for how a shipment stands."""

from collections.abc import Mapping

from caseway.shipments.models import Shipment

from .columns import plain

Status, Mode, Direction = Shipment.Status, Shipment.Mode, Shipment.Direction


def _by_word(table: Mapping[str, str]) -> dict[str, str]:
    """Each word of a value's comma-separated words, as it is compared, with that value."""
    found: dict[str, str] = {}
    for value, words in table.items():
        found |= {plain(word): value for word in [value, *words.split(", ")]}
    return found


STATUS_WORDS = _by_word(
    {
        Status.PLANNED: (
            "booked, created, label created, order received, manifested, pending, tendered, ready"
        ),
        Status.PICKED_UP: "pickup, collected, departed origin, AF, CP",
        Status.IN_TRANSIT: (
            "transit, en route, on the way, departed, arrived, arrived at terminal, departed terminal, "
            "at terminal, at hub, customs cleared, X4, X6, P1, R1, AR, OA"
        ),
        Status.OUT_FOR_DELIVERY: "on vehicle, on vehicle for delivery, with courier, with driver, OD, X2",
        Status.DELIVERED: "delivery, signed, proof of delivery, complete, completed, D1, DL, CD",
        Status.EXCEPTION: (
            "delay, delayed, damage, damaged, refused, refusal, lost, shortage, short, overage, held, hold, "
            "on hold, customs hold, missed delivery, delivery attempted, attempted delivery, failed attempt, "
            "delivery failed, address problem, weather delay, undeliverable, SD, A7, A9, AP"
        ),
        Status.RETURNED: "return to sender, return, returned to sender, returning, RTS, A8",
        Status.CANCELLED: "canceled, cancel, void, voided, CA",
    }
)
"""Plain words, and the usual shipment status codes of ANSI X12 214 (element 1650)."""

MODE_WORDS = _by_word(
    {
        Mode.PARCEL: "small parcel, package, courier, express, ground",
        Mode.FREIGHT: (
            "ltl, ftl, tl, truckload, truck, pallet, road, ocean, sea, air freight, rail, intermodal"
        ),
    }
)
DIRECTION_WORDS = _by_word(
    {
        Direction.INBOUND: "in, incoming, receiving",
        Direction.OUTBOUND: "out, outgoing, shipping",
        Direction.THIRD_PARTY: "third party, 3rd party, drop ship, dropship",
    }
)


def status_of(words: str) -> str | None:
    """The status that a status's or an event's code or words mean, or None."""
    return STATUS_WORDS.get(plain(words))
