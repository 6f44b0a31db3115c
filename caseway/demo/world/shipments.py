"""About two hundred shipments with numbers that look real and events that make sense."""

import random
from datetime import datetime, timedelta

from caseway.accounts.models import Organisation
from caseway.demo.cast import Cast
from caseway.shipments.feed.numbers import numbers_of
from caseway.shipments.models import Place, Shipment, ShipmentEvent, ShipmentNumber

from .places import GOODS, TERMINALS, Customer, customers_of

COUNT = 200
Status = Shipment.Status

# What happens on the way, hours after the pickup, and where: (code, words, hours, at which end)
WAY = (
    ("PU", "Picked up", 0, "origin"),
    ("DEP", "Departed terminal", 6, "origin"),
    ("ARR", "Arrived at terminal", 26, "terminal"),
    ("OFD", "Out for delivery", 44, "destination"),
    ("DLV", "Delivered, signed for", 50, "destination"),
)
MISHAPS = (
    ("DLY", "Delayed by weather", "terminal"),
    ("DMG", "Crate damaged, photo taken", "terminal"),
    ("REF", "Refused by receiver", "destination"),
    ("ADR", "Address not found", "destination"),
    ("MIS", "One carton missing at unloading", "terminal"),
)


def make_shipments(cast: Cast, chance: random.Random, today: datetime) -> list[Shipment]:
    """Store Larkfield's and Quillon's shipments, the newest last; today is the day they lead up to."""
    shipments, events = [], []
    for index in range(COUNT):
        picked_up = today - timedelta(days=395 * (1 - index / COUNT) ** 1.7 + 0.4, hours=chance.randint(0, 9))
        shipment, happened = _make(cast, chance, index, picked_up, today)
        shipments.append(shipment)
        events.append(happened)
    Place.objects.settle(shipments)
    stored = Shipment.objects.bulk_create(shipments)
    ShipmentNumber.objects.bulk_create(number for shipment in stored for number in numbers_of(shipment))
    for shipment, happened in zip(stored, events, strict=True):
        for event in happened:
            event.shipment = shipment
    ShipmentEvent.objects.bulk_create(event for happened in events for event in happened)
    return stored


def _make(
    cast: Cast, chance: random.Random, index: int, picked_up: datetime, today: datetime
) -> tuple[Shipment, list[ShipmentEvent]]:
    ours = index % 12 != 11
    shipper = cast.larkfield if ours else cast.quillon
    parcel = ours and index % 3 == 2
    carrier = cast.tamarack if parcel else cast.brightwater
    customer = chance.choice(
        customers_of(cast) if ours else [Customer("Alder Peak Store", "Boulder CO", "80302")]
    )
    terminal = chance.choice(TERMINALS)
    mishap = chance.choice(MISHAPS) if index % 3 == 0 else None
    happened = _events(chance, picked_up, today, customer, terminal, mishap)
    latest = happened[-1]
    shipment = Shipment(
        organisation=shipper,
        number=f"SHP-{2_205_000 + index * 37}",
        tracking_number=_tracking(chance, carrier, parcel=parcel),
        reference_number=f"{shipper.slug[:3].upper()}-{chance.choice('ABCDEF')}{chance.randint(1000, 9999)}",
        purchase_order=f"PO-{chance.randint(80_000, 99_999)}",
        bill_of_lading="" if parcel else f"BOL{chance.randint(10**7, 10**8 - 1)}",
        order_number=f"{chance.randint(4_000_000, 4_999_999)}",
        shipper=shipper,
        carrier=carrier,
        account=customer.account,
        brand=cast.garden_brand if ours and index % 5 == 4 else (cast.larkfield_brand if ours else None),
        mode=Shipment.Mode.PARCEL if parcel else Shipment.Mode.FREIGHT,
        region="West" if customer.town.endswith(("CA", "NV", "OR")) else "Mountain",
        goods=chance.choice(GOODS),
        origin_name="Larkfield warehouse 2" if ours else "Quillon depot",
        origin_address="1440 Virginia Street, Reno NV" if ours else "88 Harbor Way, Portland OR",
        origin_postal_code="89506" if ours else "97203",
        origin_country="US",
        destination_name=customer.name,
        destination_address=customer.town,
        destination_postal_code=customer.postal_code,
        destination_country="US",
        eta=picked_up + timedelta(hours=50),
        created_at=picked_up - timedelta(hours=20),
        updated_at=latest.happened_at,
        status=_status(latest),
        delivered_at=latest.happened_at if latest.code == "DLV" else None,
    )
    return shipment, happened


def _events(
    chance: random.Random,
    picked_up: datetime,
    today: datetime,
    customer: Customer,
    terminal: str,
    mishap: tuple[str, str, str] | None,
) -> list[ShipmentEvent]:
    places = {"origin": "Reno NV", "terminal": terminal, "destination": customer.town}
    events = [
        ShipmentEvent(
            happened_at=picked_up + timedelta(hours=hours), code=code, description=words, place=places[where]
        )
        for code, words, hours, where in WAY
    ]
    if mishap:
        code, words, where = mishap
        at = picked_up + timedelta(hours=30 if where == "terminal" else 47, minutes=chance.randint(1, 50))
        wrong = ShipmentEvent(
            happened_at=at, code=code, description=words, place=places[where], is_exception=True
        )
        events = sorted([*events, wrong], key=lambda event: event.happened_at)
        if code in ("REF", "ADR"):
            events = [event for event in events if event.code != "DLV"]
    return [event for event in events if event.happened_at <= today] or events[:1]


def _status(latest: ShipmentEvent) -> str:
    by_code = {
        "PU": Status.PICKED_UP,
        "DEP": Status.IN_TRANSIT,
        "ARR": Status.IN_TRANSIT,
        "OFD": Status.OUT_FOR_DELIVERY,
        "DLV": Status.DELIVERED,
    }
    return Status.EXCEPTION if latest.is_exception else by_code[latest.code]


def _tracking(chance: random.Random, carrier: Organisation, *, parcel: bool) -> str:
    if parcel:
        return f"TMK{chance.randint(10**11, 10**12 - 1)}US"
    digits = f"{chance.randint(10**9, 10**10 - 1)}"
    return f"{carrier.slug[:2].upper()}F {digits[:4]} {digits[4:8]} {digits[8:]}{chance.randint(0, 9)}"
