"""The list of a customer's own cases, and what it may be filtered by."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Self

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from caseway.accounts.viewer import Viewer
from caseway.api.http.ids import id_of
from caseway.cases.models import Case, Side
from caseway.cases.numbers import number_from
from caseway.cases.status import ACTIVE, SOLVED, Status
from caseway.cases.types import CaseType
from caseway.cases.views.fields.dates import day_from
from caseway.core.errors import Invalid
from caseway.shipments.models import Shipment

GROUPS = {"active": ACTIVE, "solved": SOLVED}
PARAMETERS = frozenset({"q", "status", "type", "category", "created.after", "created.before"})


@dataclass(frozen=True)
class CustomerFilter:
    """What a customer's list shows. Dates are whole days in UTC, both ends included."""

    q: str = ""
    status: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    category: tuple[int, ...] = ()
    created_after: date | None = None
    created_before: date | None = None

    @classmethod
    def from_query(cls, query: Mapping[str, list[str]]) -> Self:
        """The filter that a query string asks for. Raises Invalid at each wrong parameter."""
        errors = {name: _("There is no such filter for customers.") for name in set(query) - PARAMETERS}

        def several(name: str, allowed: set[str]) -> tuple[str, ...]:
            values = tuple(dict.fromkeys(query.get(name, [])))
            if set(values) - allowed:
                errors[name] = _("There is no such choice.")
            return values

        def day(name: str) -> date | None:
            typed = (query.get(name) or [""])[-1]
            try:
                return day_from(typed) if typed else None
            except ValueError:
                errors[name] = _("Write the date as 2026-01-31.")
                return None

        found = cls(
            q=(query.get("q") or [""])[-1].strip(),
            status=several("status", {*Status.values, *GROUPS}),
            type=several("type", set(CaseType.values)),
            category=tuple(key for value in query.get("category", []) if (key := id_of(value))),
            created_after=day("created.after"),
            created_before=day("created.before"),
        )
        if errors:
            raise Invalid(errors)
        return found

    def cases(self, viewer: Viewer) -> QuerySet[Case]:
        """The cases that the customer sees and that fit."""
        rows = Case.objects.visible_to(viewer)
        if self.status:
            rows = rows.filter(status__in={s for name in self.status for s in GROUPS.get(name, {name})})
        if self.type:
            rows = rows.filter(type__in=self.type)
        if self.category:
            rows = rows.filter(Exists(_hosts_side().filter(category__in=self.category)))
        if self.created_after:
            rows = rows.filter(created_at__gte=_midnight(self.created_after))
        if self.created_before:
            rows = rows.filter(created_at__lt=_midnight(self.created_before) + timedelta(days=1))
        return rows.filter(self._words(viewer)) if self.q else rows

    def _words(self, viewer: Viewer) -> Q:
        """Case number, a number of their own shipments, or words of the subject."""
        shipments = Shipment.objects.visible_to(viewer).with_number(self.q)
        found = Q(shipment__in=shipments.values("pk")) | Q(
            Exists(_hosts_side().filter(subject__icontains=self.q))
        )
        number = number_from(self.q)
        return found | Q(number=number) if number else found


def _hosts_side() -> QuerySet[Side]:
    return Side.objects.filter(case=OuterRef("pk"), organisation=F("case__host"))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=UTC)
