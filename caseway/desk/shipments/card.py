"""A shipment as the desk shows it: state, way, numbers, events and its cases."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from markupsafe import Markup

from caseway.accounts.asking import AskedBy
from caseway.accounts.viewer import Viewer
from caseway.cases.models import Side
from caseway.cases.types import Sharing
from caseway.core.database.statements import Slot, Statement
from caseway.core.ui.times import stamp
from caseway.customers.models import CustomerAccount
from caseway.shipments.models import Shipment, ShipmentEvent

MOST_EVENTS = 30
MOST_CASES = 50


@dataclass(frozen=True)
class Stop:
    """One end of the way."""

    name: str
    detail: Markup


@dataclass(frozen=True)
class ShipmentCard:
    """Everything about a shipment that the viewer may know. Customer and feed stay with who feeds it."""

    shipment: Shipment
    is_bad: bool
    line: str
    stops: Sequence[Stop]
    facts: Sequence[tuple[str, str]]
    account: CustomerAccount | None
    events: Sequence[ShipmentEvent]
    cases: Sequence[Side]
    listed: Sequence[Side]

    @property
    def track(self) -> list[dict[str, object]]:
        """The events as `ui/shipment.html` draws them, newest first."""
        return [
            {
                "text": event.description,
                "place": event.place,
                "at": event.happened_at,
                "bad": event.is_exception,
            }
            for event in self.events
        ]


def card_of(shipment: Shipment, viewer: Viewer) -> ShipmentCard:
    """The card of a shipment that the viewer may see; two queries."""
    events = _events.rows(shipment=shipment.pk)
    cases, listed = _cases_of(shipment, viewer)
    ours = shipment.organisation_id == viewer.organisation_id
    return ShipmentCard(
        shipment=shipment,
        is_bad=shipment.status in (Shipment.Status.EXCEPTION, Shipment.Status.RETURNED),
        line=_line(shipment),
        stops=[_origin(shipment), _destination(shipment)],
        facts=_facts(shipment),
        account=shipment.account if ours else None,
        events=events,
        cases=cases,
        listed=listed,
    )


@AskedBy
def _sides(viewer: Viewer) -> QuerySet[Side]:
    sides = Side.objects.visible_to(viewer) | Side.objects.listed_to(viewer)
    return (
        sides.filter(case__shipment=Slot("shipment"))
        .select_related("case", "owner")
        .order_by("-created_at", "-pk")[:MOST_CASES]
    )


def _cases_of(shipment: Shipment, viewer: Viewer) -> tuple[list[Side], list[Side]]:
    """The cases that the viewer may open, and those of which they may only know that they exist."""
    found = _sides.rows(viewer, shipment=shipment.pk)
    return (
        [side for side in found if side.sharing != Sharing.LISTED],
        [side for side in found if side.sharing == Sharing.LISTED],
    )


@Statement
def _events() -> QuerySet[ShipmentEvent]:
    return ShipmentEvent.objects.filter(shipment=Slot("shipment"))[:MOST_EVENTS]


def _line(shipment: Shipment) -> str:
    goods = [shipment.carrier_label, str(shipment.get_mode_display()), shipment.goods]
    return ", ".join(part for part in goods if part)


def _origin(shipment: Shipment) -> Stop:
    place = [shipment.origin_address, shipment.origin_postal_code, shipment.origin_country]
    return Stop(shipment.origin_name or shipment.shipper_label or _("Origin"), _detail(place, None))


def _destination(shipment: Shipment) -> Stop:
    place = [shipment.destination_address, shipment.destination_postal_code, shipment.destination_country]
    return Stop(
        shipment.destination_name or _("Destination"),
        _detail(place, shipment.delivered_at or shipment.eta, _("ETA") if not shipment.delivered_at else ""),
    )


def _detail(place: list[str], moment: datetime | None, before: str = "") -> Markup:
    words = " ".join(part for part in place if part)
    if moment is None:
        return Markup("{}").format(words)
    at = Markup("{} {}").format(before, stamp(moment)) if before else stamp(moment)
    return Markup("{}, {}").format(words, at) if words else at


def _facts(shipment: Shipment) -> list[tuple[str, str]]:
    return [
        (_("Tracking"), shipment.tracking_number),
        (_("PO"), shipment.purchase_order),
        (_("BOL"), shipment.bill_of_lading),
        (_("Reference"), shipment.reference_number),
        (_("Order"), shipment.order_number),
        (_("RA"), shipment.return_authorization),
        (_("Shipper"), shipment.shipper_label),
        (_("Direction"), str(shipment.get_direction_display())),
        (_("Region"), shipment.region),
    ]
