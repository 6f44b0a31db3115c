"""What is given of a shipment."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from caseway.accounts.viewer import Viewer
from caseway.api.cases import people
from caseway.api.cases.schemas import CustomerOut, OrganisationOut
from caseway.api.http.answers import Out, choices_of
from caseway.cases.status import Status
from caseway.cases.types import CaseType
from caseway.shipments.models import Shipment, ShipmentEvent

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
