"""A filter as an object: made from a query string, giving a queryset, chips and a sentence.

Pages, saved views, rules, exports and the API use the same one.

A page offers the fields of `registry.FIELDS` in their order, under the headings of their `group`:
each has a `name`, a `label_for(viewer)`, its `operators` (whose `label` tells them apart and of which
`parameter(operator)` is the form's field), a `kind` that says how it is asked for, and `choices(viewer)`
(a query or two: ask when the field is opened). What is in force is in `terms`, and by name in
`values("status")`, `day("created.after")`; `chips(viewer)` has it in words, with the way to take each
away. `having({...})` gives the filter with other values. A saved view keeps `parameters()`.
A further field is one declaration in `registry.py`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Self
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from caseway.accounts.viewer import Viewer
from caseway.cases.models import Side
from caseway.cases.search.numbers import cases_with_number
from caseway.cases.search.queries import FIT, matching, told_of
from caseway.cases.status import ACTIVE
from caseway.core.clock import now
from caseway.core.errors import Invalid
from caseway.core.paging import Order
from caseway.core.text import clean_line

from .field import Term
from .named import VIEWS, View, view_named
from .narrowing import conditions_of
from .registry import BY_PARAMETER
from .wording import Worded, worded

ORDERS = {
    "-updated": Order("updated_at"),
    "updated": Order("updated_at", descending=False),
    "-created": Order("created_at"),
    "created": Order("created_at", descending=False),
    "deadline": Order("deadline", descending=False, nullable=True),
    "-latest": Order("latest_message_at", nullable=True),
    "court": Order("court_since", descending=False),
    "-court": Order("court_since"),
    "best": Order(FIT),
}
NEWEST_RESPONSE = Order("latest_message_at")


def reaches_back_to(viewer: Viewer) -> datetime:
    """The moment from which solved cases stand in the views: the policy's months ago, at midnight UTC."""
    back = timedelta(days=round(viewer.policy.cases_reach_back_months * 30.44))
    return datetime.combine(now().date(), time.min, tzinfo=UTC) - back


@dataclass(frozen=True)
class Chip:
    """One filter in force: its name, its value in words, and the query string without it."""

    name: str
    label: str
    value: str
    without: str


@dataclass(frozen=True)
class CaseFilter:
    """What a list of cases shows.

    `q` finds numbers and all words that the reader may read, `keyword` the words of subject and
    description alone. `terms` are the fields in force, in the order of `FIELDS`. `fixed` names the
    parameters that the list's own address says already (a customer's page, say): no query string
    repeats them.
    """

    view: View = View.ALL_ACTIVE
    q: str = ""
    keyword: str = ""
    terms: tuple[Term, ...] = ()
    sort: str = ""
    fixed: frozenset[str] = field(default=frozenset(), compare=False)

    @classmethod
    def from_query(cls, query: Mapping[str, list[str]], *, view: View = View.ALL_ACTIVE) -> Self:
        """The filter that a query string asks for.

        Raises Invalid with an error at each parameter whose value isn't one; unknown parameters
        are left to the caller. `query` maps each parameter to its values.
        """
        errors: dict[str, str] = {}

        def one(name: str) -> str:
            return (query.get(name) or [""])[-1].strip()

        asked = view_named(one("view")) if one("view") else view
        if asked is None:
            errors["view"] = _("There is no such view.")
        sort = one("sort")
        if sort and sort not in ORDERS:
            errors["sort"] = _("The list can't be sorted by this.")
        terms = _terms(query, errors)
        if errors:
            raise Invalid(errors)
        sort = sort if sort != "best" or one("q") else ""
        return cls(asked or view, one("q"), one("keyword"), terms, sort)

    def having(self, asked: Mapping[str, Sequence[str]]) -> Self:
        """The same with these parameters set to these values, or to none. Raises Invalid at them."""
        errors: dict[str, str] = {}
        kept = {term.parameter: list(term.values) for term in self.terms}
        terms = _terms(kept | {name: list(values) for name, values in asked.items()}, errors)
        if errors:
            raise Invalid(errors)
        return replace(self, terms=terms)

    def values(self, parameter: str) -> tuple[str, ...]:
        """What is asked for by `parameter` (`status`, `brand.not`, `created.after` …)."""
        return next((term.values for term in self.terms if term.parameter == parameter), ())

    def day(self, parameter: str) -> date | None:
        """The day of `created.after` and its kind."""
        found = self.values(parameter)
        return date.fromisoformat(found[0]) if found else None

    def __post_init__(self) -> None:
        object.__setattr__(self, "sort", self.sort or self.usual_sort)

    @property
    def usual_sort(self) -> str:
        """What the list is sorted by unless somebody chose: what was searched for comes best first."""
        if self.q:
            return "best"
        return "-latest" if self.view is View.RECENT_RESPONSES else "-updated"

    @property
    def order(self) -> Order:
        """What the list is sorted by."""
        if self.view is View.RECENT_RESPONSES and self.sort == "-latest":
            return NEWEST_RESPONSE
        return ORDERS[self.sort]

    def sides(self, viewer: Viewer) -> QuerySet[Side]:
        """The sides that the viewer sees and that fit; without any order."""
        seen = Side.objects.visible_to(viewer)
        rows = VIEWS[self.view].condition(seen, viewer)
        if self.view is not View.ALL:
            rows = rows.filter(self._recent_enough(viewer))
        conditions = conditions_of(self, viewer)
        rows = rows.filter(*conditions)
        if self.keyword:
            rows = told_of(rows, self.keyword, viewer)
        if not self.q:
            return rows
        return matching(rows, self.q, viewer, narrowed=self.view is not View.ALL or any(conditions))

    def narrow_sides(self, viewer: Viewer) -> QuerySet[Side]:
        """The same with nothing but what a page is found by: filled by their keys, a list is far quicker."""
        sides = self.sides(viewer)
        return sides.only("id") if self.sort == "best" else sides.only("id", self.order.field)

    def _recent_enough(self, viewer: Viewer) -> Q:
        """Solved cases leave the views after the policy's months, at midnight UTC; active ones never do."""
        if self.view in (View.ALL_ACTIVE, View.MY_ACTIVE, View.NEW, View.TODO):
            return Q()
        within = Q(created_at__gte=reaches_back_to(viewer)) | Q(status__in=sorted(ACTIVE))
        typed = clean_line(self.q)
        # Whoever types a number finds its case, however old it is.
        return within | Q(case__in=list(cases_with_number(typed, viewer))) if typed else within

    def parameters(self) -> list[tuple[str, str]]:
        """The filter as parameters of a query string, without the view; defaults are left out.

        `from_query` gives the same filter back: this is what a saved view keeps.
        """
        pairs = [(name, getattr(self, name)) for name in ("q", "keyword") if getattr(self, name)]
        pairs += [(term.parameter, value) for term in self.terms for value in term.values]
        if self.sort != self.usual_sort:
            pairs.append(("sort", self.sort))
        return pairs

    @property
    def whole(self) -> str:
        """The whole filter as one text, with what is fixed: two lists that differ never share it."""
        return urlencode([("view", self.view.value), *self.parameters()])

    def query_string(self, **changed: str | None) -> str:
        """The address's query for this filter, with `changed` parameters set or (None) taken away."""
        pairs = [("view", self.view.value), *self.parameters()]
        kept = [(k, v) for k, v in pairs if k not in changed and k not in self.fixed]
        return urlencode(kept + [(k, v) for k, v in changed.items() if v is not None])

    def chips(self, viewer: Viewer) -> list[Chip]:
        """The filters in force, each removable."""
        return [
            Chip(one.name, one.label, ", ".join(one.values), self.query_string(**{one.name: None}))
            for one in self._worded(viewer)
        ]

    def _worded(self, viewer: Viewer) -> list[Worded]:
        return [one for one in worded(self, viewer) if one.name not in self.fixed]

    def sentence(self, viewer: Viewer) -> str:
        """What the list shows, in words."""
        parts = [f"{chip.label} {chip.value}" for chip in self.chips(viewer)]
        if self.q:
            parts.insert(0, _("with “%(words)s”") % {"words": self.q})
        view = str(VIEWS[self.view].label)
        return f"{view}: {'; '.join(parts)}" if parts else view


def _terms(query: Mapping[str, list[str]], errors: dict[str, str]) -> tuple[Term, ...]:
    """The fields that a query string asks for, in their order; what is wrong goes into `errors`."""
    terms = []
    for name, (asked, operator) in BY_PARAMETER.items():
        try:
            values = asked.values_of(query.get(name) or [])
        except ValueError as problem:
            errors[name] = str(problem)
            continue
        if values:
            terms.append(Term(asked, operator, values))
    return tuple(terms)
