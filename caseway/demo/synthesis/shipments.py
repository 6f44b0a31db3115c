"""One synthetic shipment with its numbers and events."""

from datetime import datetime, timedelta
from random import Random

from caseway.core.folding import folded, trigrams

from .organisations import Tenant
from .tables import Tables
from .words import GOODS, PLACES, Writer

EVENTS = (
    ("PU", "Picked up", False),
    ("DEP", "Departed terminal", False),
    ("DLY", "Delayed by weather", True),
    ("OFD", "Out for delivery", False),
    ("DLV", "Delivered", False),
)


# How a hundred shipments go.
DIRECTIONS = {"outbound": 70, "inbound": 22, "third_party": 8}
REGIONS = {
    "Northeast": 22, "Southeast": 18, "Midwest": 20, "Southwest": 12, "West": 15, "Benelux": 5,
    "Central Europe": 6, "Islands": 1, "": 1,
}  # fmt: skip
DOCKS = 9


class ShipmentMaker:
    """Makes shipments into `tables`."""

    def __init__(self, tables: Tables, writer: Writer) -> None:
        self.tables, self.writer, self.chance = tables, writer, writer.chance

    def make(self, number: int, tenant: Tenant, partner: Tenant | None, account: int, at: datetime) -> int:
        """Make the shipment of the case with this number; gives its id."""
        chance, ours = self.chance, tenant.organisation.pk
        theirs = partner.organisation.pk if partner else None
        shipper, carrier = (ours, theirs) if tenant.organisation.kind == "shipper" else (theirs, ours)
        numbers = {
            "shipment": f"SHP{number:09d}",
            "tracking": f"1Z{chance.randint(10**13, 10**14 - 1)}",
            "reference": f"REF{chance.randint(10**6, 10**7)}",
            "po": f"PO{chance.randint(10**5, 10**6)}",
            "bol": f"BOL{number:08d}",
            "order": f"ORD{number:08d}",
        }
        origin, town = chance.choice(PLACES), chance.choice(PLACES)
        sender, receiver = f"Warehouse {origin} {chance.randint(1, DOCKS)}", self.writer.receiver()
        key = self.tables.shipments.add(
            ours, *numbers.values(), "", shipper, "", carrier, "", account,
            chance.choice(("parcel", "freight")), _one_of(DIRECTIONS, chance), _one_of(REGIONS, chance),
            chance.choice(("in_transit", "delivered", "exception")), chance.choice(GOODS),
            sender, f"1 Dock Road, {origin}", f"{chance.randint(10000, 99999)}", "US",
            receiver, f"{chance.randint(1, 99)} High Street, {town}",
            f"{chance.randint(10000, 99999)}", "US", at, at,
            self._place(tenant, sender), self._place(tenant, receiver),
        )  # fmt: skip
        for kind, value in numbers.items():
            self.tables.numbers.add(key, kind, value)
        for step, (code, words, bad) in enumerate(EVENTS[: chance.randint(1, 5)]):
            happened = at - timedelta(hours=40 - step * 8)
            self.tables.shipment_events.add(key, happened, code, words, origin, bad)
        return key

    def _place(self, tenant: Tenant, name: str) -> int:
        """The organisation's place of that name, made where it is the first time."""
        compared = folded(name)
        if compared not in tenant.places:
            tenant.places[compared] = self.tables.places.add(
                tenant.organisation.pk, compared, trigrams(compared)
            )
        return tenant.places[compared]


def _one_of(shares: dict[str, int], chance: Random) -> str:
    return chance.choices(list(shares), list(shares.values()))[0]
