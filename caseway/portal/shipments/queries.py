"""Which shipments a customer sees, and what their pages show."""

from dataclasses import dataclass

from django.db.models import Count, OuterRef, Subquery

from caseway.accounts.viewer import Viewer
from caseway.cases.models import Case
from caseway.cases.status import ACTIVE
from caseway.core.errors import NotFound
from caseway.core.paging import Order, Page, page_of
from caseway.portal.mycases.queries import Row, as_listed, rows_of
from caseway.shipments.models import Shipment, ShipmentEvent

PAGE = 25
NEWEST = Order("updated_at")
MOST_CASES = 20
MOST_EVENTS = 100


@dataclass(frozen=True)
class ShipmentPage:
    """A shipment with its events, newest first, and those of its cases that the viewer sees."""

    shipment: Shipment
    events: list[ShipmentEvent]
    cases: list[Row]


def shipments_of(viewer: Viewer, typed: str, cursor: str | None) -> Page[Shipment]:
    """A page of the customer's shipments, the latest first, each with its `active_cases`: one query."""
    seen = Shipment.objects.visible_to(viewer).select_related("carrier")
    found = seen.with_number(typed) if typed else seen
    active = Case.objects.visible_to(viewer).filter(shipment=OuterRef("pk"), status__in=sorted(ACTIVE))
    count = active.order_by().values("shipment").annotate(n=Count("pk")).values("n")
    return page_of(
        found.annotate(active_cases=Subquery(count)),
        NEWEST,
        limit=PAGE,
        cursor=cursor,
        bound_to=f"{viewer.contact_id}{typed}",
    )


def page_of_shipment(number: str, viewer: Viewer) -> ShipmentPage:
    """The page of the customer's shipment with this number. Raises NotFound for anything else."""
    shipment = Shipment.objects.visible_to(viewer).select_related("carrier").filter(number=number).first()
    if shipment is None:
        raise NotFound
    cases = Case.objects.visible_to(viewer).filter(shipment=shipment).order_by("-created_at", "-pk")
    return ShipmentPage(
        shipment=shipment,
        events=list(shipment.events.all()[:MOST_EVENTS]),
        cases=rows_of(list(as_listed(cases, viewer)[:MOST_CASES]), viewer),
    )
