"""What My cases shows: a page of cases with everything in their rows, counts, topics, questions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Left

from caseway.accounts.viewer import Viewer
from caseway.cases.models import Case, Category, Message, Side, Suspension, Visit
from caseway.cases.status import Status
from caseway.core.paging import Order, page_of
from caseway.core.text import excerpt
from caseway.customers.models import CustomerAccount
from caseway.portal.narrowing import counted_by_state
from caseway.shipments.models import Shipment

from .filters import STATES, MyCases

PAGE = 25
MOST_ASKED = 3
"""As many as stand in a row: the others are one click away."""
NEWEST = Order("customer_updated_at")


@dataclass(frozen=True)
class Row:
    """One case in the list, as its customer may see it."""

    case: Case
    subject: str
    description: str
    topic: str
    owner: str
    owner_key: str
    shipment: str
    joined_with: str
    paused_until: datetime | None
    comments: int
    raised_by: str
    """The colleague who raised it; "" for the viewer's own."""
    seen_at: datetime | None
    """When the viewer last looked at it."""
    is_unread: bool
    """Whether we answered since; of colleagues' cases only those that the viewer has looked at."""


@dataclass(frozen=True)
class Listing:
    """One page of the list, and addresses of its neighbours."""

    rows: list[Row]
    newer: str | None
    older: str | None


@dataclass(frozen=True)
class Question:
    """A case that waits for the customer: what was asked last, and by whom."""

    number: str
    subject: str
    text: str
    asked_by: str


def listing_of(wanted: MyCases, viewer: Viewer, cursor: str | None = None, *, limit: int = PAGE) -> Listing:
    """A page of the list: two queries. Raises Invalid at `cursor` for one of another list."""
    bound_to = f"{viewer.contact_id}{wanted.address()}"
    cases = as_listed(wanted.in_status(viewer), viewer)
    page = page_of(cases, NEWEST, limit=limit, cursor=cursor, bound_to=bound_to)
    return Listing(rows_of(page.items, viewer), page.previous, page.next)


def as_listed(cases: QuerySet[Case], viewer: Viewer) -> QuerySet[Case]:
    """The cases with what their rows show; whatever the viewer may not see stays away."""
    this = OuterRef("pk")
    comments = Message.objects.visible_to(viewer).filter(case=this).order_by().values("case")
    shipment = Shipment.objects.visible_to(viewer).filter(pk=OuterRef("shipment"))
    survivor = Case.objects.visible_to(viewer).filter(pk=OuterRef("merged_into"))
    answers = Message.objects.visible_to(viewer).filter(case=this, author_organisation__isnull=False)
    visits = Visit.objects.filter(case=this, person=viewer.person_id)
    rest = Suspension.objects.filter(case=this, ended_at=None)
    sides = Side.objects.filter(organisation=viewer.organisation_id).select_related(
        "owner", "category__parent"
    )
    return (
        cases.select_related("contact")
        .annotate(
            comment_count=Subquery(comments.annotate(n=Count("*")).values("n")),
            shipment_number=Subquery(shipment.values("number")[:1]),
            survivor_number=Subquery(survivor.values("number")[:1]),
            paused_until=Subquery(rest.values("until")[:1]),
            seen_at=Subquery(visits.values("seen_at")[:1]),
            answered_at=Subquery(answers.order_by("-created_at").values("created_at")[:1]),
        )
        .prefetch_related(Prefetch("sides", sides, to_attr="own_sides"))
    )


def rows_of(cases: Sequence[Case], viewer: Viewer) -> list[Row]:
    """The rows of cases that `as_listed` has made ready."""
    return [_row(case, viewer) for case in cases]


def _row(case: Case, viewer: Viewer) -> Row:
    side: Side = case.own_sides[0]  # type: ignore[attr-defined]
    colleague = case.contact is not None and case.contact_id != viewer.contact_id
    return Row(
        case=case,
        subject=side.subject,
        description=excerpt(side.description, 160),
        topic=topic_of(side),
        owner=str(side.owner) if side.owner else "",
        owner_key=f"person-{side.owner_id}",
        shipment=case.shipment_number or "",  # type: ignore[attr-defined]
        joined_with=case.survivor_number or "",  # type: ignore[attr-defined]
        paused_until=case.paused_until,  # type: ignore[attr-defined]
        comments=case.comment_count or 0,  # type: ignore[attr-defined]
        raised_by=str(case.contact) if colleague else "",
        seen_at=case.seen_at,  # type: ignore[attr-defined]
        is_unread=_is_unread(case.answered_at, case.seen_at, colleague=colleague),  # type: ignore[attr-defined]
    )


def _is_unread(answered_at: datetime | None, seen_at: datetime | None, *, colleague: bool) -> bool:
    if answered_at is None:
        return False
    return answered_at > seen_at if seen_at else not colleague


def topic_of(side: Side) -> str:
    """The topic that the case is under, "" for none."""
    category = side.category
    if category is None:
        return ""
    return category.parent.label if category.parent else category.label


def counts_of(wanted: MyCases, viewer: Viewer) -> dict[str, int]:
    """How many cases fit in each state of `STATES`: one query."""
    return counted_by_state(wanted.cases(viewer), STATES)


def topics_of(viewer: Viewer) -> list[tuple[int, str]]:
    """The organisation's topics, as (id, name)."""
    topics = Category.objects.filter(organisation=viewer.organisation_id, parent=None, is_active=True)
    return [(topic.pk, topic.label) for topic in topics]


def account_of(viewer: Viewer) -> str:
    """The name of the viewer's customer account."""
    accounts = CustomerAccount.objects.visible_to(viewer).filter(contacts=viewer.contact_id)
    return accounts.values_list("name", flat=True).first() or ""


def questions_for(viewer: Viewer) -> list[Question]:
    """Cases that wait for the customer, the longest waiting first: one query."""
    ours = Message.objects.visible_to(viewer).filter(case=OuterRef("pk"), author_organisation__isnull=False)
    latest = ours.order_by("-created_at", "-pk")
    side = Side.objects.filter(case=OuterRef("pk"), organisation=viewer.organisation_id)
    waiting = Case.objects.visible_to(viewer).filter(status=Status.PENDING_CUSTOMER)
    asked = waiting.annotate(
        subject=Subquery(side.values("subject")[:1]),
        asked=Subquery(latest.annotate(start=Left(F("text"), 400)).values("start")[:1]),
        asked_by=Subquery(latest.values("author_name")[:1]),
    ).order_by("customer_updated_at", "pk")
    rows = asked.values_list("number", "subject", "asked", "asked_by")[:MOST_ASKED]
    return [
        Question(number, subject, _question_in(text or ""), _first(by)) for number, subject, text, by in rows
    ]


def _question_in(text: str) -> str:
    """The sentence that asks, or how the text begins."""
    sentences = [part.strip() for part in text.replace("\n", " ").replace("? ", "?\0").split("\0")]
    for sentence in sentences:
        if sentence.endswith("?"):
            return excerpt(sentence.rsplit(". ", 1)[-1], 90)
    return excerpt(text, 90)


def _first(name: str | None) -> str:
    return (name or "").split(" ", 1)[0]
