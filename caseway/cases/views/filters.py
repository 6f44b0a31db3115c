"""A filter as an object: made from a query string, giving a queryset, chips and a sentence.

Pages, saved views, rules, exports and the API use the same one. A further field joins `CaseFilter`
here, its condition `narrowing.py` and its words `wording.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Self
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from caseway.accounts.viewer import Viewer
from caseway.cases.models import Side
from caseway.cases.search.queries import FIT, matching, told_of
from caseway.cases.status import ACTIVE, Status
from caseway.cases.types import CaseType
from caseway.core.clock import now
from caseway.core.errors import Invalid
from caseway.core.paging import Order

from .named import VIEWS, View, view_named
from .narrowing import GROUPS, TASKS, conditions_of
from .wording import Worded, worded

ORDERS = {
    "-updated": Order("updated_at"),
    "updated": Order("updated_at", descending=False),
    "-created": Order("created_at"),
    "created": Order("created_at", descending=False),
    "deadline": Order("deadline", descending=False, nullable=True),
    "-latest": Order("latest_message_at", nullable=True),
    "best": Order(FIT),
}
NEWEST_RESPONSE = Order("latest_message_at")
CHOSEN = ("status", "owner", "type", "priority", "tag", "customer", "tasks")
"""Fields of which several values may be wanted; a case fits with any of them."""
SPANS = ("created", "updated", "deadline")
"""Fields of two days: from (`.after`) and until (`.before`)."""
NUMBERED = ("priority", "customer")


@dataclass(frozen=True)
class Chip:
    """One filter in force: its name, its value in words, and the query string without it."""

    name: str
    label: str
    value: str
    without: str


@dataclass(frozen=True)
class CaseFilter:
    """What a list of cases shows. Dates are whole days in the reader's zone, both ends included.

    `q` finds numbers and all words that the reader may read, `keyword` the words of subject and
    description alone. `priority` and `customer` are ids. `fixed` names the parameters that the
    list's own address says already (a customer's page, say): no query string repeats them.
    """

    view: View = View.ALL_ACTIVE
    q: str = ""
    keyword: str = ""
    status: tuple[str, ...] = ()
    owner: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    priority: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()
    customer: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()
    created_after: date | None = None
    created_before: date | None = None
    updated_after: date | None = None
    updated_before: date | None = None
    deadline_after: date | None = None
    deadline_before: date | None = None
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

        def several(name: str) -> tuple[str, ...]:
            values = tuple(dict.fromkeys(v.strip() for v in query.get(name, []) if v.strip()))
            if not all(_is_choice(name, value) for value in values):
                errors[name] = _("There is no such choice.")
            return values

        def day(name: str) -> date | None:
            try:
                return day_from(one(name)) if one(name) else None
            except ValueError:
                errors[name] = _("Write the date as 2026-01-31.")
                return None

        asked = view_named(one("view")) if one("view") else view
        if asked is None:
            errors["view"] = _("There is no such view.")
        sort = one("sort")
        if sort and sort not in ORDERS:
            errors["sort"] = _("The list can't be sorted by this.")
        found = cls(
            view=asked or view,
            q=one("q"),
            keyword=one("keyword"),
            status=several("status"),
            owner=several("owner"),
            type=several("type"),
            priority=several("priority"),
            tag=_tags(several("tag")),
            customer=several("customer"),
            tasks=several("tasks"),
            sort=sort if sort != "best" or one("q") else "",
            **{
                f"{name}_{end}": day(f"{name}.{end}")  # type: ignore[arg-type]
                for name in SPANS
                for end in ("after", "before")
            },
        )
        if errors:
            raise Invalid(errors)
        return found

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
        back = timedelta(days=round(viewer.policy.cases_reach_back_months * 30.44))
        today = datetime.combine(now().date(), time.min, tzinfo=UTC)
        return Q(created_at__gte=today - back) | Q(status__in=sorted(ACTIVE))

    def parameters(self) -> list[tuple[str, str]]:
        """The filter as parameters of a query string, without the view; defaults are left out."""
        pairs = [(name, getattr(self, name)) for name in ("q", "keyword") if getattr(self, name)]
        for name in CHOSEN:
            pairs += [(name, value) for value in getattr(self, name)]
        for name in SPANS:
            for end in ("after", "before"):
                value = getattr(self, f"{name}_{end}")
                if value:
                    pairs.append((f"{name}.{end}", value.isoformat()))
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


def _tags(typed: tuple[str, ...]) -> tuple[str, ...]:
    """Tags as cases have them; in a line of several commas part them."""
    tags = (tag.strip().lower() for line in typed for tag in line.split(","))
    return tuple(dict.fromkeys(tag for tag in tags if tag))


def _is_choice(name: str, value: str) -> bool:
    """Whether this may be a value of the field; whose an id is shows when the list is asked for."""
    if name in NUMBERED:
        return value.isascii() and value.isdecimal() and len(value) < 19
    if name == "status":
        return value in GROUPS or value in Status.values
    if name == "tasks":
        return value in TASKS
    return name != "type" or value in CaseType.values


def day_from(typed: str) -> date:
    """The day that begins what was typed (a moment does too). Raises ValueError, also beyond all reason."""
    day = date.fromisoformat(typed[:10])
    if not 1900 <= day.year < 3000:
        raise ValueError("such a day can't be reckoned with in every time zone")
    return day
