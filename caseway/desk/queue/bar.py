"""The filter bar of a list: a chip for each filter in force, and chips for those that are asked for most."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format

from caseway.accounts.viewer import Viewer
from caseway.cases.views.field import Field, Kind
from caseway.cases.views.operators import Operator
from caseway.cases.views.registry import BY_NAME, BY_PARAMETER
from caseway.cases.views.shown import Shown
from caseway.cases.views.wording import Worded, worded

OFFERED = ("status", "type", "owner", "partner", "deadline", "priority")
SHOWN = 2
"""Values that a chip names; of more it says how many."""


@dataclass(frozen=True)
class BarChip:
    """A filter of the bar: its name with its operator in words, what it says ("" if it is not in force).

    `url` is its form ("" for what has none here), `without` the list's query without it.
    """

    label: str
    url: str
    value: str = ""
    more: int = 0
    without: str = ""


def bar_of(shown: Shown, viewer: Viewer) -> list[BarChip]:
    """The chips in their order: those in force, then those offered. A query for each field whose values
    in force are rows or people.
    """
    said = [_in_force(one, shown) for one in worded(shown.wanted, viewer)]
    asked = {term.field.name for term in shown.wanted.terms}
    offered = [BY_NAME[name] for name in OFFERED if name not in asked]
    return said + [BarChip(field.label_for(viewer), form_url(shown, field)) for field in offered]


def form_url(shown: Shown, field: Field, operator: Operator | None = None) -> str:
    """The address of a field's form, of one of its operators where that is in force."""
    with_operator = {"operator": operator.value} if operator and operator is not field.operators[0] else {}
    tail = f"&{urlencode(with_operator)}" if with_operator else ""
    return f"{reverse('desk:one_filter', args=[field.name])}?{shown.query}{tail}"


def _in_force(one: Worded, shown: Shown) -> BarChip:
    field, operator = BY_PARAMETER.get(one.name, (None, None))
    values = [_day(value) for value in one.values] if field and field.kind is Kind.DAY else one.values
    return BarChip(
        label=one.label,
        url=form_url(shown, field, operator) if field else "",
        value=", ".join(values[:SHOWN]),
        more=max(len(values) - SHOWN, 0),
        without=shown.carried + shown.wanted.query_string(**{one.name: None}),
    )


def _day(value: str) -> str:
    return date_format(date.fromisoformat(value), "SHORT_DATE_FORMAT")
