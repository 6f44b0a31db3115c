"""One synthetic shipment with its numbers and events."""

import random
from datetime import datetime, timedelta

from .organisations import Tenant
from .tables import Tables
from .words import GOODS, PLACES

EVENTS = (
    ("PU", "Picked up", False),
    ("DEP", "Departed terminal", False),
    ("DLY", "Delayed by weather", True),
    ("OFD", "Out for delivery", False),
    ("DLV", "Delivered", False),
)


class ShipmentMaker:
    """Makes shipments into `tables`."""

    def __init__(self, tables: Tables, chance: random.Random) -> None:
        self.tables, self.chance = tables, chance

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
        key = self.tables.shipments.add(
            ours, *numbers.values(), "", shipper, "", carrier, "", account,
            chance.choice(("parcel", "freight")), "outbound", "",
            chance.choice(("in_transit", "delivered", "exception")), chance.choice(GOODS),
            f"Warehouse {origin}", f"1 Dock Road, {origin}", f"{chance.randint(10000, 99999)}", "US",
            f"Store {town}", f"{chance.randint(1, 99)} High Street, {town}",
            f"{chance.randint(10000, 99999)}", "US", at, at,
        )  # fmt: skip
        for kind, value in numbers.items():
            self.tables.numbers.add(key, kind, value)
        for step, (code, words, bad) in enumerate(EVENTS[: chance.randint(1, 5)]):
            happened = at - timedelta(hours=40 - step * 8)
            self.tables.shipment_events.add(key, happened, code, words, origin, bad)
        return key
