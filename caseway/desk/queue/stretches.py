"""How near a deadline is, in stretches of the reader's own days and weeks."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils.timezone import get_current_timezone, localdate
from django.utils.translation import gettext as _

from caseway.cases.models import Side
from caseway.cases.status import ACTIVE
from caseway.core.clock import now

SOON = timedelta(hours=4)
COUNTED = 1000
"""How far into the list headings are counted; what reaches beyond has no count."""


@dataclass(frozen=True)
class Stretch:
    """A part of the list: deadlines from where the stretch before ends up to `until`."""

    title: str
    until: datetime | None


def stretches() -> list[Stretch]:
    """The parts of the list in its order, by the reader's own days and weeks (Monday first)."""
    moment = now()
    today = localdate(moment)
    soon, tomorrow = moment + SOON, midnight(today + timedelta(days=1))
    monday = midnight(today + timedelta(days=7 - today.weekday()))
    return [
        Stretch(_("Overdue"), moment),
        Stretch(_("Due in the next 4 hours"), soon),
        Stretch(_("Later today"), max(soon, tomorrow)),
        Stretch(_("This week"), max(soon, monday)),
        Stretch(_("Later"), None),
    ]


def midnight(day: date) -> datetime:
    """The beginning of a day in the reader's zone, also across a change of the clocks."""
    return datetime.combine(day, time.min, tzinfo=get_current_timezone())


def nearness(deadline: datetime | None, parts: list[Stretch]) -> str:
    """How near a deadline is, in words."""
    if deadline is None:
        return _("Without deadline")
    return next(part.title for part in parts if part.until is None or deadline <= part.until)


def counts_of_stretches(sides: QuerySet[Side], parts: list[Stretch]) -> dict[str, int]:
    """How many cases each part of the list holds, as far as the first `COUNTED` reach; one query."""
    first = sides.filter(status__in=sorted(ACTIVE), deadline__isnull=False).order_by("deadline")[:COUNTED]
    upto = {f"n{n}": Count("pk", filter=Q(deadline__lte=p.until)) for n, p in enumerate(parts) if p.until}
    found = first.aggregate(total=Count("pk"), **upto)
    counts, before = {}, 0
    for n, part in enumerate(parts):
        there = found[f"n{n}"] if part.until else found["total"]
        if there == COUNTED:  # it may go on beyond what was counted
            break
        counts[part.title], before = there - before, there
    return counts
