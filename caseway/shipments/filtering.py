"""Which shipments a list shows, as an object: made from a query string, giving a queryset and that string."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Self
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _

from caseway.accounts.viewer import Viewer
from caseway.core.errors import Invalid

from .models import Shipment, ShipmentEvent

CHOICES: dict[str, frozenset[str]] = {
    "status": frozenset(Shipment.Status.values),
    "mode": frozenset(Shipment.Mode.values),
    "direction": frozenset(Shipment.Direction.values),
    "exception": frozenset({"any", "none"}),
}
PARTIES = ("carrier", "shipper")
SPANS = ("eta.after", "eta.before")


@dataclass(frozen=True)
class ShipmentFilter:
    """What is in force. Of a field with several values any may fit, and all fields have to.

    `carrier` and `shipper` are slugs of organisations, `exception` is `any` (something went wrong on
    the way) or `none`, `customer` an account's id; the days of `eta` are whole ones in the reader's zone.
    """

    status: tuple[str, ...] = ()
    mode: tuple[str, ...] = ()
    direction: tuple[str, ...] = ()
    exception: tuple[str, ...] = ()
    carrier: tuple[str, ...] = ()
    shipper: tuple[str, ...] = ()
    eta_after: date | None = None
    eta_before: date | None = None
    customer: int | None = None

    @classmethod
    def from_query(cls, query: Mapping[str, list[str]]) -> Self:
        """The filter that a query string asks for; other parameters are the caller's.

        Raises Invalid with an error at each parameter whose value isn't one.
        """
        errors: dict[str, str] = {}
        found: dict[str, Any] = {}
        for name in (*CHOICES, *PARTIES):
            found[name] = tuple(dict.fromkeys(value for value in query.get(name, []) if value))
            if name in CHOICES and not CHOICES[name].issuperset(found[name]):
                errors[name] = _("There is no such choice.")
        for name in SPANS:
            try:
                found[name.replace(".", "_")] = _day(query.get(name, [""])[-1])
            except ValueError:
                errors[name] = _("Write the date as 2026-01-31.")
        key = query.get("customer", [""])[-1]
        found["customer"] = int(key) if key.isascii() and key.isdecimal() and len(key) < 19 else None
        if key and found["customer"] is None:
            errors["customer"] = _("There is no such choice.")
        if errors:
            raise Invalid(errors)
        return cls(**found)

    def shipments(self, viewer: Viewer) -> QuerySet[Shipment]:
        """The shipments that the viewer sees and that fit; without any order."""
        seen = Shipment.objects.visible_to(viewer)
        for name in ("status", "mode", "direction"):
            if values := getattr(self, name):
                seen = seen.filter(**{f"{name}__in": values})
        for name in PARTIES:
            if slugs := getattr(self, name):
                seen = seen.filter(**{f"{name}__slug__in": slugs})
        if self.customer is not None:  # nobody else's to know than whose feed told it
            seen = seen.filter(account=self.customer, organisation=viewer.organisation_id)
        return seen.filter(self._expected(), self._went_wrong())

    def _expected(self) -> Q:
        condition = Q()
        if self.eta_after:
            condition &= Q(eta__gte=_midnight(self.eta_after))
        if self.eta_before:
            condition &= Q(eta__lt=_midnight(self.eta_before + timedelta(days=1)))
        return condition

    def _went_wrong(self) -> Q:
        if len(self.exception) != 1:
            return Q()
        bad = Q(Exists(ShipmentEvent.objects.filter(shipment=OuterRef("pk"), is_exception=True)))
        return bad if self.exception == ("any",) else ~bad

    def parameters(self) -> list[tuple[str, str]]:
        """The filter as parameters of a query string; what is not in force is left out."""
        pairs: list[tuple[str, str]] = []
        for one in fields(self):
            value = getattr(self, one.name)
            name = one.name.replace("eta_", "eta.")
            values = value if isinstance(value, tuple) else [value] if value is not None else []
            pairs += [(name, each.isoformat() if isinstance(each, date) else str(each)) for each in values]
        return pairs

    def without(self, *names: str) -> "ShipmentFilter":
        """The filter with these fields no longer in force."""
        left_out: dict[str, Any] = {one.name: one.default for one in fields(self) if one.name in names}
        return replace(self, **left_out)

    def query_string(self, **kept: str) -> str:
        """The address's query for this filter and what else the address says."""
        return urlencode([*self.parameters(), *((name, value) for name, value in kept.items() if value)])


def _day(typed: str) -> date | None:
    """Raises ValueError, also for a day that can't be reckoned with in every time zone."""
    day = date.fromisoformat(typed[:10]) if typed else None
    if day and not 1900 <= day.year < 3000:
        raise ValueError(typed)
    return day


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=get_current_timezone())
