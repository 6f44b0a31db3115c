"""Where a case stands in the list it was opened from: the way back, its place, the cases around it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Value
from django.http import QueryDict

from caseway.accounts.viewer import Viewer
from caseway.cases.models import Side
from caseway.cases.search.queries import FIT
from caseway.cases.views.arranging.queries import Arrangement
from caseway.cases.views.counts import counts_of
from caseway.cases.views.filters import CaseFilter
from caseway.cases.views.named import View
from caseway.cases.views.queries import label_of_view
from caseway.cases.views.shown import Shown, shown_by
from caseway.core.errors import Invalid, NotFound
from caseway.core.paging import Order
from caseway.desk.shell import COUNTED

FURTHEST = 1000
"""How far into a list places are counted."""


@dataclass(frozen=True)
class Place:
    """The list (its name and query string) and the numbers of the neighbours, where there are any.

    `position` is None for a case that isn't in the list (any more), or too far down to be counted;
    `whole` is how many cases the list has if it is all of a view that is counted.
    """

    label: str
    query: str
    previous: str = ""
    next: str = ""
    position: int | None = None
    whole: int | None = None


def place_of(side: Side, query: QueryDict, viewer: Viewer) -> Place:
    """The place of a case in the list that the address names; three queries, none without such a
    list. A search is asked again for it.
    """
    try:
        shown = shown_by(dict(query.lists()), viewer, arranged=False)
    except (Invalid, NotFound):
        shown = Shown(CaseFilter(), Arrangement())
    wanted = shown.wanted
    label = shown.saved.name if shown.saved else label_of_view(wanted.view)
    if "view" not in query:
        return Place(label, "")
    filtered = any(name != "sort" for name, _value in wanted.parameters())
    rows = wanted.sides(viewer)
    value = _value(side, shown.order, rows, wanted, viewer)
    return Place(
        label,
        shown.query,
        **_beside(side, shown.order, rows, value),
        position=_position(side, shown.order, rows, value),
        whole=_whole(wanted.view, viewer) if wanted.view in COUNTED and not filtered else None,
    )


def _whole(view: View, viewer: Viewer) -> int:
    return counts_of([view], viewer)[view]


def _position(side: Side, order: Order, rows: QuerySet[Side], value: Any) -> int | None:
    """The place of the case, 1 at the top; counted on the sort's index, as far as `FURTHEST`."""
    if value is None:
        return None
    upto = rows.filter(Q(pk=side.pk) | order.beyond(value, side.pk, backwards=True))
    place = upto.order_by(*order.expressions(backwards=True))[:FURTHEST]
    found = place.aggregate(n=Count("pk"), here=Count("pk", filter=Q(pk=side.pk)))
    return found["n"] if found["here"] and found["n"] < FURTHEST else None


def _value(side: Side, order: Order, rows: QuerySet[Side], wanted: CaseFilter, viewer: Viewer) -> Any:
    """What the list sorts the case by. How well it fits a search the list itself says, or, of a case
    that was worked and has left the list, the same search of all cases.
    """
    if order.field != FIT:
        return order.value_of(side)
    fits = rows.filter(pk=side.pk).values_list(*order.fields)
    everywhere = CaseFilter(view=View.ALL, q=wanted.q)
    found = fits.first() or everywhere.sides(viewer).filter(pk=side.pk).values_list(*order.fields).first()
    if found is None or order.parted:
        return list(found) if found else None
    return found[0]


def _beside(side: Side, order: Order, rows: QuerySet[Side], value: Any) -> dict[str, str]:
    """The numbers of the previous and the next case in the list's order, as far as there are any."""
    if value is None and not order.nullable:
        return {}
    previous, following = (
        rows.filter(order.beyond(value, side.pk, backwards=backwards))
        .order_by(*order.expressions(backwards=backwards))
        .values_list(Value(name), "number")[:1]
        for name, backwards in (("previous", True), ("next", False))
    )
    return dict(previous.union(following, all=True))
