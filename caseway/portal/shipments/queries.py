"""Which shipments a customer sees, and what their pages show."""

from dataclasses import dataclass

from django.db.models import Count, OuterRef, Subquery

from caseway.accounts.viewer import Viewer
from caseway.cases.models import Case
from caseway.cases.status import ACTIVE
from caseway.core.clock import now
from caseway.core.errors import NotFound
from caseway.core.paging import Order, page_of
from caseway.portal.mycases.queries import Row as CaseRow
from caseway.portal.mycases.queries import as_listed, rows_of
from caseway.portal.narrowing import counted_by_state
from caseway.shipments.live import LiveStatus, status_for_customer
from caseway.shipments.models import Shipment, ShipmentEvent
from caseway.shipments.numbers import Recognised, recognise
from caseway.shipments.wording import UNDER_WAY, expected_words, found_by

from .filters import STATES, TROUBLED, MyShipments

PAGE = 25
NEWEST = Order("updated_at")
MOST_CASES = 20
MOST_EVENTS = 100
Status = Shipment.Status


@dataclass(frozen=True)
class Row:
    """One shipment in the list."""

    shipment: Shipment
    found_by: str
    """The number that was searched for, "" for its own."""
    trouble: str
    """What went wrong last, "" where nothing stands."""
    expected: str
    is_late: bool
    active_cases: int


@dataclass(frozen=True)
class Listing:
    """One page of the list, and addresses of its neighbours."""

    rows: list[Row]
    newer: str | None
    older: str | None


@dataclass(frozen=True)
class ShipmentPage:
    """A shipment with its status in words, its events, newest first, and the cases that the viewer sees."""

    shipment: Shipment
    live: LiveStatus
    events: list[ShipmentEvent]
    cases: list[CaseRow]


def listing_of(wanted: MyShipments, viewer: Viewer, cursor: str | None = None) -> Listing:
    """A page of the list, the latest first: one query. Raises Invalid for a cursor of another list."""
    this = OuterRef("pk")
    active = Case.objects.visible_to(viewer).filter(shipment=this, status__in=sorted(ACTIVE))
    counted = active.order_by().values("shipment").annotate(n=Count("pk")).values("n")
    wrong = ShipmentEvent.objects.filter(shipment=this, is_exception=True).order_by("-happened_at", "-pk")
    rows = wanted.in_status(viewer).select_related("carrier")
    annotated = rows.annotate(
        active_cases=Subquery(counted), trouble=Subquery(wrong.values("description")[:1])
    )
    bound_to = f"{viewer.contact_id}{wanted.address()}"
    page = page_of(annotated, NEWEST, limit=PAGE, cursor=cursor, bound_to=bound_to)
    number = recognise(wanted.q)
    return Listing([_row(one, number) for one in page.items], page.previous, page.next)


def counts_of(wanted: MyShipments, viewer: Viewer) -> dict[str, int]:
    """How many shipments fit in each state of `STATES`: one query."""
    return counted_by_state(wanted.shipments(viewer), STATES)


def page_of_shipment(number: str, viewer: Viewer) -> ShipmentPage:
    """The page of the customer's shipment with this number. Raises NotFound for anything else."""
    shipment = Shipment.objects.visible_to(viewer).select_related("carrier").filter(number=number).first()
    if shipment is None:
        raise NotFound
    cases = Case.objects.visible_to(viewer).filter(shipment=shipment).order_by("-created_at", "-pk")
    events = list(shipment.events.all()[:MOST_EVENTS])
    return ShipmentPage(
        shipment=shipment,
        live=status_for_customer(shipment, viewer, events),
        events=events,
        cases=rows_of(list(as_listed(cases, viewer)[:MOST_CASES]), viewer),
    )


def _row(shipment: Shipment, number: Recognised) -> Row:
    awaited = shipment.eta is not None and shipment.status in UNDER_WAY | {Status.EXCEPTION}
    trouble: str | None = shipment.trouble if shipment.status in TROUBLED else ""  # type: ignore[attr-defined]
    expected = expected_words(shipment.eta) if awaited and shipment.eta else ""
    return Row(
        shipment=shipment,
        found_by=found_by(shipment, number),
        trouble=trouble or "",
        expected=expected[:1].upper() + expected[1:],
        is_late=bool(awaited and shipment.eta and shipment.eta < now()),
        active_cases=shipment.active_cases or 0,  # type: ignore[attr-defined]
    )
