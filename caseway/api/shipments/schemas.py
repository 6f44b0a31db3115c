"""What is given of a shipment."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from caseway.accounts.viewer import Viewer
from caseway.api.cases import people
from caseway.api.cases.schemas import CustomerOut, OrganisationOut
from caseway.api.http.answers import ListOf, Out, choices_of
from caseway.cases.status import Status
from caseway.cases.types import CaseType
from caseway.shipments.matching import match_of
from caseway.shipments.models import Shipment, ShipmentEvent
from caseway.shipments.numbers import NumberKind, Recognised, SeenKind, StoredKind

KindOfNumber = Annotated[NumberKind, choices_of(StoredKind, SeenKind)]
KindOfStored = Annotated[StoredKind, choices_of(StoredKind)]
StatusOfShipment = Annotated[Shipment.Status, choices_of(Shipment.Status)]
Mode = Annotated[Shipment.Mode, choices_of(Shipment.Mode)]
Direction = Annotated[Shipment.Direction, choices_of(Shipment.Direction)]


class Place(Out):
    """Where goods come from or go to."""

    name: str
    address: str
    postal_code: str
    country: str


class ShipmentRow(Out):
    """A shipment in a list."""

    id: str
    number: str
    tracking_number: str
    reference_number: str
    purchase_order: str
    bill_of_lading: str
    order_number: str
    return_authorization: str
    shipper: str
    carrier: str
    brand: OrganisationOut | None
    customer: CustomerOut | None = Field(description="For the organisation whose feed told it")
    mode: Mode
    direction: Direction
    region: str
    status: StatusOfShipment
    goods: str
    eta: datetime | None
    delivered_at: datetime | None
    origin: Place
    destination: Place
    created_at: datetime
    updated_at: datetime


class NumberFound(Out):
    """One of a shipment's numbers, as its feed writes it."""

    kind: KindOfStored
    number: str


class TakenFor(Out):
    """What a search was taken for by its shape, its check digit or the word before it."""

    kind: KindOfNumber
    name: str = Field(description="The kind in words, in your language")
    check_digit_fits: bool | None = Field(
        description="False: one digit may be mistyped; it was searched for all the same. Null: it has none"
    )


class ShipmentFound(ShipmentRow):
    """A shipment in a list, with the number that was searched for."""

    matched: NumberFound | None = Field(description="The number that fits `q`; null without `q`")


class ListOfShipments(ListOf[ShipmentFound]):
    """One page of shipments."""

    taken_for: TakenFor | None = Field(description="What `q` was taken for; null where it may be any number")


class ShipmentEventOut(Out):
    """Something that happened to a shipment."""

    at: datetime
    code: str
    description: str
    place: str
    exception: bool


class CaseOfShipment(Out):
    """A case of the shipment. Of one that is only listed, the partner tells no more than this."""

    number: str
    type: CaseType
    status: Status
    active: bool
    listed: bool = Field(description="You know that it exists, and can't open it")


class ShipmentOut(ShipmentRow):
    """A shipment, with its latest events and cases."""

    events: list[ShipmentEventOut]
    cases: list[CaseOfShipment]


def facts(shipment: Shipment, viewer: Viewer) -> dict[str, object]:
    """The fields of a row; the customer is the feeding organisation's own knowledge."""
    feeds = viewer.is_agent and shipment.organisation_id == viewer.organisation_id
    brand = shipment.brand
    return {
        "id": str(shipment.pk),
        "number": shipment.number,
        "tracking_number": shipment.tracking_number,
        "reference_number": shipment.reference_number,
        "purchase_order": shipment.purchase_order,
        "bill_of_lading": shipment.bill_of_lading,
        "order_number": shipment.order_number,
        "return_authorization": shipment.return_authorization,
        "shipper": shipment.shipper_label,
        "carrier": shipment.carrier_label,
        "brand": OrganisationOut(slug=brand.slug, name=brand.name) if brand else None,
        "customer": people.customer(shipment.account) if feeds else None,
        "mode": shipment.mode,
        "direction": shipment.direction,
        "region": shipment.region,
        "status": shipment.status,
        "goods": shipment.goods,
        "eta": shipment.eta,
        "delivered_at": shipment.delivered_at,
        "origin": _place(shipment, "origin"),
        "destination": _place(shipment, "destination"),
        "created_at": shipment.created_at,
        "updated_at": shipment.updated_at,
    }


def number_found(shipment: Shipment, wanted: Recognised) -> NumberFound | None:
    """The number by which a search finds the shipment."""
    match = match_of(shipment, wanted)
    return NumberFound(kind=match.kind, number=match.number) if match else None


def taken_for(wanted: Recognised) -> TakenFor | None:
    """What was searched for; None where it may be any number."""
    if wanted.kind is None:
        return None
    return TakenFor(kind=wanted.kind, name=str(wanted.kind.label), check_digit_fits=wanted.fits)


def _place(shipment: Shipment, end: str) -> Place:
    return Place(
        name=getattr(shipment, f"{end}_name"),
        address=getattr(shipment, f"{end}_address"),
        postal_code=getattr(shipment, f"{end}_postal_code"),
        country=getattr(shipment, f"{end}_country"),
    )


def event_of(event: ShipmentEvent) -> ShipmentEventOut:
    """One event."""
    return ShipmentEventOut(
        at=event.happened_at,
        code=event.code,
        description=event.description,
        place=event.place,
        exception=event.is_exception,
    )
