"""Lists of cases: one page of rows with all they show."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import QuerySet

from caseway.accounts.viewer import Viewer
from caseway.cases.models import Side, Visit
from caseway.cases.search.marking import Marker
from caseway.cases.search.matches import Match, matches_in
from caseway.cases.search.queries import FIT
from caseway.cases.types import Sharing
from caseway.core.paging import Order, Page, page_of

from .filters import CaseFilter
from .named import VIEWS, View


@dataclass(frozen=True)
class Row:
    """One line of a list: our side, the name of the other organisation on the case ("" if there is
    none), whether there is news, and of a search where the words stand.
    """

    side: Side
    partner: str
    is_unread: bool
    match: Match | None = None
    marker: Marker | None = None

    @property
    def subject(self) -> str:
        """The subject, with what was searched for marked in it."""
        return self.marker.text(self.side.subject) if self.marker else self.side.subject


@dataclass(frozen=True)
class Listing:
    """One page of a list."""

    rows: Sequence[Row]
    page: Page[Side]


def with_what_rows_show(sides: QuerySet[Side], brings: Iterable[str] = ()) -> QuerySet[Side]:
    """The sides joined with what a row of a list shows, and no column more: a page makes fifty of each.

    `brings` are further fields, for columns that not every list has.
    """
    joined = {field.rpartition("__")[0] for field in brings} - {""}
    return sides.select_related("case__shipment", "owner", "priority", *joined).only(
        *brings,
        "number", "status", "type", "subject", "level", "deadline", "created_at", "updated_at",
        "latest_message_at", "latest_message_by", "latest_message_text", "latest_message_person_id",
        "latest_message_is_ours", "case__shipment__number", "owner__name", "owner__email", "priority__rank",
    )  # fmt: skip


def listing_of(
    wanted: CaseFilter,
    viewer: Viewer,
    *,
    limit: int = 50,
    cursor: str | None = None,
    order: Order | None = None,
    brings: Iterable[str] = (),
) -> Listing:
    """One page of the list, in the filter's order unless another is given.

    Four queries, and those of a search.

    `brings` are fields of columns that not every list has. Raises Invalid at `cursor`.

    The page is found on the narrow rows of one index first, then filled: joined at once, the
    planner gathers the whole list before it takes fifty.
    """
    bound_to = f"{viewer.organisation_id}:{viewer.person_id}:{wanted.whole}"
    order = order or wanted.order
    narrow = wanted.narrow_sides(viewer)
    if order.parted:
        narrow = narrow.only("id", *[name for name in order.fields if name != FIT])
    page = page_of(narrow, order, limit=limit, cursor=cursor, bound_to=bound_to)
    seen = with_what_rows_show(Side.objects.visible_to(viewer), list(brings))
    full = seen.in_bulk([side.pk for side in page.items])
    shown = [full[side.pk] for side in page.items if side.pk in full]
    rows = rows_of(shown, viewer)
    if wanted.q:
        matches = matches_in(shown, wanted.q, viewer)
        marker = Marker.of(wanted.q)
        rows = [replace(row, match=matches.get(row.side.case_id), marker=marker) for row in rows]
    return Listing(rows, page)


def rows_of(sides: Sequence[Side], viewer: Viewer) -> list[Row]:
    """The sides as rows: with the partner of each and whether the viewer has read it; two queries."""
    ids = [side.case_id for side in sides]
    others = Side.objects.filter(case__in=ids).exclude(organisation=viewer.organisation_id)
    partners = dict(others.exclude(sharing=Sharing.LISTED).values_list("case", "organisation__name"))
    seen = dict(Visit.objects.filter(person=viewer.person_id, case__in=ids).values_list("case", "seen_at"))
    return [
        Row(side, partners.get(side.case_id, ""), _is_unread(side, seen.get(side.case_id))) for side in sides
    ]


def _is_unread(side: Side, seen_at: datetime | None) -> bool:
    if side.latest_message_at is None or side.latest_message_is_ours:
        return False
    return seen_at is None or side.latest_message_at > seen_at


def label_of_view(view: View) -> str:
    """The view's name."""
    return str(VIEWS[view].label)
