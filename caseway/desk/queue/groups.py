"""Headings between the rows of a list that is sorted by deadline, each with its count."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from caseway.accounts.viewer import Viewer
from caseway.cases.models import Side
from caseway.cases.status import ACTIVE
from caseway.cases.views.filters import CaseFilter
from caseway.cases.views.queries import Row
from caseway.core.clock import now

SOON = timedelta(hours=4)
COUNTED = 1000
"""How far into the list headings are counted; what reaches beyond has no count."""


@dataclass
class Group:
    """Rows that follow each other; without title where the list has no headings, and without
    `count` where there are too many to be counted.
    """

    title: str = ""
    rows: list[Row] = field(default_factory=list)
    count: int | None = None


@dataclass(frozen=True)
class Stretch:
    """A part of the list: deadlines from where the stretch before ends up to `until`."""

    title: str
    until: datetime | None


def stretches() -> list[Stretch]:
    """The parts of the list in its order, by the reader's own days and weeks (Monday first)."""
    moment = now()
    today = localtime(moment).replace(hour=0, minute=0, second=0, microsecond=0)
    soon, tomorrow = moment + SOON, _midnight(today, 1)
    monday = _midnight(today, 7 - today.weekday())
    return [
        Stretch(_("Overdue"), moment),
        Stretch(_("Due in the next 4 hours"), soon),
        Stretch(_("Later today"), max(soon, tomorrow)),
        Stretch(_("This week"), max(soon, monday)),
        Stretch(_("Later"), None),
    ]


def _midnight(today: datetime, days: int) -> datetime:
    """The beginning of another day in the reader's zone, also across a change of the clocks."""
    return datetime.combine(today.date() + timedelta(days=days), time.min, tzinfo=today.tzinfo)


def grouped(rows: Iterable[Row], wanted: CaseFilter, viewer: Viewer) -> list[Group]:
    """The rows as they come, parted by how near their deadline is where the list is sorted by it.

    A list that holds solved cases too has no headings: nothing of theirs is due. One query.
    """
    shown = list(rows)
    if wanted.sort != "deadline" or not all(row.side.is_active for row in shown):
        return [Group(rows=shown)]
    parts = stretches()
    return list(_parted(shown, parts, _counts(wanted.sides(viewer), parts)))


def _parted(rows: Iterable[Row], parts: list[Stretch], counts: Mapping[str, int]) -> Iterator[Group]:
    group: Group | None = None
    for row in rows:
        title = nearness(row.side.deadline, parts)
        if group is None or group.title != title:
            if group is not None:
                yield group
            group = Group(title, count=counts.get(title))
        group.rows.append(row)
    if group is not None:
        yield group


def nearness(deadline: datetime | None, parts: list[Stretch]) -> str:
    """How near a deadline is, in words."""
    if deadline is None:
        return _("Without deadline")
    return next(part.title for part in parts if part.until is None or deadline <= part.until)


def _counts(sides: QuerySet[Side], parts: list[Stretch]) -> dict[str, int]:
    """How many cases each part of the list holds, as far as the first `COUNTED` reach."""
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
