"""What a customer chooses from when raising a case."""

from django.db.models import Prefetch

from caseway.accounts.viewer import Viewer
from caseway.cases.models import Case, Category
from caseway.cases.status import ACTIVE
from caseway.core.text import clean_line
from caseway.shipments.models import Shipment
from caseway.shipments.queries import find

MOST_FOUND = 8


def topics_for(viewer: Viewer) -> list[Category]:
    """The active topics that have items, each with its `shown_items`: two queries."""
    own = Category.objects.filter(organisation=viewer.organisation_id, is_active=True)
    items = Prefetch("items", own.filter(parent__isnull=False), to_attr="shown_items")
    topics = own.filter(parent__isnull=True).prefetch_related(items)
    return [topic for topic in topics if topic.shown_items]


def item_chosen(viewer: Viewer, key: str) -> Category | None:
    """The active item with this id, its topic joined; None where there is none."""
    if not key.isdecimal() or len(key) > 18:
        return None
    own = Category.objects.filter(organisation=viewer.organisation_id, is_active=True, parent__is_active=True)
    return own.select_related("parent").filter(pk=int(key)).first()


def shipments_found(viewer: Viewer, typed: str) -> list[Shipment]:
    """The customer's shipments that some number of which is, or begins like, `typed`; exact ones first."""
    return find(viewer, typed, MOST_FOUND)


def shipment_chosen(viewer: Viewer, number: str) -> Shipment | None:
    """The customer's shipment with exactly this number."""
    number = clean_line(number)
    return Shipment.objects.visible_to(viewer).filter(number=number).first() if number else None


def chosen_for(case: Case, viewer: Viewer) -> tuple[str, str]:
    """The labels of the item and of the shipment that the case was raised with; "" for what it has not."""
    side = case.sides.filter(organisation=viewer.organisation_id).select_related("category").first()
    item = side.category if side else None
    shipment = Shipment.objects.visible_to(viewer).filter(pk=case.shipment_id or 0).first()
    return item.label if item else "", shipment.number if shipment else ""


def active_cases_on(shipment: Shipment, viewer: Viewer) -> list[Case]:
    """The customer's cases about the shipment that are still worked on, so that none is raised twice."""
    seen = Case.objects.visible_to(viewer).filter(shipment=shipment, status__in=sorted(ACTIVE))
    return list(seen.order_by("-created_at", "-pk")[:3])
