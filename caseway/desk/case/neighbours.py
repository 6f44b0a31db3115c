"""Where a case stands in the list it was opened from: the way back, the cases before and after it."""

from dataclasses import dataclass

from django.http import QueryDict

from caseway.accounts.viewer import Viewer
from caseway.cases.models import Side
from caseway.cases.views.filters import CaseFilter
from caseway.cases.views.queries import label_of_view
from caseway.core.errors import Invalid


@dataclass(frozen=True)
class Place:
    """The list (its name and query string) and the numbers of the neighbours, where there are any."""

    label: str
    query: str
    previous: str = ""
    next: str = ""


def place_of(side: Side, query: QueryDict, viewer: Viewer) -> Place:
    """The place of a case in the list that the address names; two queries, none without such a list."""
    try:
        wanted = CaseFilter.from_query(dict(query.lists()))
    except Invalid:
        wanted = CaseFilter()
    label = label_of_view(wanted.view)
    if "view" not in query:
        return Place(label, "")
    kept = wanted.query_string()
    return Place(
        label, kept, _beside(side, wanted, viewer, after=False), _beside(side, wanted, viewer, after=True)
    )


def _beside(side: Side, wanted: CaseFilter, viewer: Viewer, *, after: bool) -> str:
    """The number of the next (or previous) case in the list's order, "" at its end."""
    order = wanted.order
    value = getattr(side, order.field)
    if value is None and not order.nullable:
        return ""
    rows = wanted.sides(viewer).filter(order.beyond(value, side.pk, backwards=not after))
    return (
        rows.order_by(*order.expressions(backwards=not after)).values_list("number", flat=True).first() or ""
    )
