"""A filter as an object: made from a query string, giving a queryset, chips and a sentence.

Pages, saved views, rules, exports and the API use the same one. This is the foundation's part:
view, status, owner, type, dates and text; further fields join `CaseFilter` and `conditions`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Self
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _

from caseway.accounts.models import Person
from caseway.accounts.viewer import Viewer
from caseway.cases.models import Side
from caseway.cases.search.queries import matching
from caseway.cases.status import ACTIVE, SOLVED, Status
from caseway.cases.types import CaseType
from caseway.core.clock import now
from caseway.core.errors import Invalid
from caseway.core.paging import Order

from .named import VIEWS, View, view_named

ORDERS = {
    "-updated": Order("updated_at"),
    "updated": Order("updated_at", descending=False),
    "-created": Order("created_at"),
    "created": Order("created_at", descending=False),
    "deadline": Order("deadline", descending=False, nullable=True),
    "-latest": Order("latest_message_at", nullable=True),
}
NEWEST_RESPONSE = Order("latest_message_at")
GROUPS = {"active": ACTIVE, "solved": SOLVED}
NOBODY, ME = "nobody", "me"


@dataclass(frozen=True)
class Chip:
    """One filter in force: its name, its value in words, and the query string without it."""

    name: str
    label: str
    value: str
    without: str


@dataclass(frozen=True)
class CaseFilter:
    """What a list of cases shows. Dates are whole days in the reader's zone, both ends included."""

    view: View = View.ALL_ACTIVE
    q: str = ""
    status: tuple[str, ...] = ()
    owner: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    created_after: date | None = None
    created_before: date | None = None
    updated_after: date | None = None
    updated_before: date | None = None
    sort: str = "-updated"
    names: Mapping[str, str] = field(default_factory=dict, compare=False)

    @classmethod
    def from_query(cls, query: Mapping[str, list[str]], *, view: View = View.ALL_ACTIVE) -> Self:
        """The filter that a query string asks for.

        Raises Invalid with an error at each parameter whose value isn't one; unknown parameters
        are left to the caller. `query` maps each parameter to its values.
        """
        errors: dict[str, str] = {}

        def one(name: str) -> str:
            return (query.get(name) or [""])[-1].strip()

        def several(name: str, allowed: set[str] | None) -> tuple[str, ...]:
            values = tuple(dict.fromkeys(v.strip() for v in query.get(name, []) if v.strip()))
            if allowed is not None and set(values) - allowed:
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
        sort = one("sort") or ("-latest" if asked is View.RECENT_RESPONSES else "-updated")
        if sort not in ORDERS:
            errors["sort"] = _("The list can't be sorted by this.")
        found = cls(
            view=asked or view,
            q=one("q"),
            status=several("status", {*Status.values, *GROUPS}),
            owner=several("owner", None),
            type=several("type", set(CaseType.values)),
            created_after=day("created.after"),
            created_before=day("created.before"),
            updated_after=day("updated.after"),
            updated_before=day("updated.before"),
            sort=sort,
        )
        if errors:
            raise Invalid(errors)
        return found

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
        rows = rows.filter(*self._conditions(viewer))
        return matching(rows, self.q, viewer) if self.q else rows

    def _recent_enough(self, viewer: Viewer) -> Q:
        """Solved cases leave the views after the policy's months, at midnight UTC; active ones never do."""
        if self.view in (View.ALL_ACTIVE, View.MY_ACTIVE, View.NEW, View.TODO):
            return Q()
        back = timedelta(days=round(viewer.policy.cases_reach_back_months * 30.44))
        today = datetime.combine(now().date(), time.min, tzinfo=UTC)
        return Q(created_at__gte=today - back) | Q(status__in=sorted(ACTIVE))

    def _conditions(self, viewer: Viewer) -> list[Q]:
        conditions = []
        if self.status:
            wanted = {s for name in self.status for s in GROUPS.get(name, {name})}
            conditions.append(Q(status__in=sorted(wanted)))
        if self.type:
            conditions.append(Q(type__in=self.type))
        if self.owner:
            conditions.append(self._owner_condition(viewer))
        for name in ("created", "updated"):
            after, before = getattr(self, f"{name}_after"), getattr(self, f"{name}_before")
            if after:
                conditions.append(Q(**{f"{name}_at__gte": _midnight(after)}))
            if before:
                conditions.append(Q(**{f"{name}_at__lt": _midnight(before + timedelta(days=1))}))
        return conditions

    def _owner_condition(self, viewer: Viewer) -> Q:
        addresses = [o.lower() for o in self.owner if o not in (NOBODY, ME)]
        condition = Q(owner__email__in=addresses) if addresses else Q(pk__in=[])
        if NOBODY in self.owner:
            condition |= Q(owner=None)
        if ME in self.owner:
            condition |= Q(owner=viewer.person_id)
        return condition

    def parameters(self) -> list[tuple[str, str]]:
        """The filter as parameters of a query string, without the view; defaults are left out."""
        pairs = [("q", self.q)] if self.q else []
        for name in ("status", "owner", "type"):
            pairs += [(name, value) for value in getattr(self, name)]
        for name in ("created_after", "created_before", "updated_after", "updated_before"):
            value = getattr(self, name)
            if value:
                pairs.append((name.replace("_", "."), value.isoformat()))
        if self.sort != ("-latest" if self.view is View.RECENT_RESPONSES else "-updated"):
            pairs.append(("sort", self.sort))
        return pairs

    def query_string(self, **changed: str | None) -> str:
        """The address's query for this filter, with `changed` parameters set or (None) taken away."""
        pairs = [("view", self.view.value), *self.parameters()]
        kept = [(k, v) for k, v in pairs if k not in changed]
        return urlencode(kept + [(k, v) for k, v in changed.items() if v is not None])

    def chips(self, viewer: Viewer) -> list[Chip]:
        """The filters in force, each removable."""
        labels = {
            "status": (_("Status"), [_status_label(s) for s in self.status]),
            "owner": (_("Owner"), self._owner_names(viewer)),
            "type": (_("Type"), [str(CaseType(t).label) for t in self.type]),
            "created.after": (_("Created from"), _days(self.created_after)),
            "created.before": (_("Created until"), _days(self.created_before)),
            "updated.after": (_("Updated from"), _days(self.updated_after)),
            "updated.before": (_("Updated until"), _days(self.updated_before)),
        }
        return [
            Chip(name, label, ", ".join(values), self.query_string(**{name: None}))
            for name, (label, values) in labels.items()
            if values
        ]

    def _owner_names(self, viewer: Viewer) -> list[str]:
        if not self.owner:
            return []
        names = dict(
            Person.objects.filter(
                email__in=self.owner, memberships__organisation=viewer.organisation_id
            ).values_list("email", "name")
        )
        special = {NOBODY: _("nobody"), ME: _("me")}
        return [special.get(o) or names.get(o.lower()) or o for o in self.owner]

    def sentence(self, viewer: Viewer) -> str:
        """What the list shows, in words."""
        parts = [f"{chip.label} {chip.value}" for chip in self.chips(viewer)]
        if self.q:
            parts.insert(0, _("with “%(words)s”") % {"words": self.q})
        view = str(VIEWS[self.view].label)
        return f"{view}: {'; '.join(parts)}" if parts else view


def day_from(typed: str) -> date:
    """The day that begins what was typed (a moment does too). Raises ValueError, also beyond all reason."""
    day = date.fromisoformat(typed[:10])
    if not 1900 <= day.year < 3000:
        raise ValueError("such a day can't be reckoned with in every time zone")
    return day


def _status_label(name: str) -> str:
    groups = {"active": _("Active"), "solved": _("Solved")}
    return groups.get(name) or str(Status(name).label)


def _days(day: date | None) -> list[str]:
    return [day.isoformat()] if day else []


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=get_current_timezone())
