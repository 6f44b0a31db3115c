"""How long a case has waited for whom, as one organisation sees it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import DurationField, F, OuterRef, QuerySet, Subquery, Sum

from caseway.core.clock import now

from .models import CourtStay, Side
from .types import Court

COUNTED = (Court.US, Court.CUSTOMER, Court.PARTNER)
"""While the case is on hold or solved, it waits for nobody."""


@dataclass(frozen=True)
class Waiting:
    """Whose court it is, since when and for how long; and how long, in all, each had it."""

    court: Court
    since: datetime
    lasts: timedelta
    us: timedelta
    customer: timedelta
    partner: timedelta


def with_waiting(sides: QuerySet[Side]) -> QuerySet[Side]:
    """The sides, each with what `waiting_of` needs: no further query."""
    return sides.annotate(**{_key(court): _stays_at(court) for court in COUNTED})


def waiting_of(side: Side) -> Waiting:
    """The waiting of a side from `with_waiting`, up to now."""
    lasting = max(now() - side.court_since, timedelta())
    kept: dict[str, Any] = vars(side)
    times = {
        court: (kept[_key(court)] or timedelta()) + (lasting if side.court == court else timedelta())
        for court in COUNTED
    }
    return Waiting(Court(side.court), side.court_since, lasting, *(times[court] for court in COUNTED))


def _key(court: Court) -> str:
    return f"waited_for_{court.value}"


def _stays_at(court: Court) -> Subquery:
    """The sum of a side's finished stays."""
    stays = CourtStay.objects.filter(side=OuterRef("pk"), court=court).order_by().values("side")
    total = stays.annotate(total=Sum(F("until") - F("since"))).values("total")
    return Subquery(total, output_field=DurationField())
