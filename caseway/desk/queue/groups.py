"""Headings between the rows of a list that is sorted by deadline."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from caseway.cases.views.filters import CaseFilter
from caseway.cases.views.queries import Row
from caseway.core.clock import now

SOON = timedelta(hours=4)


@dataclass
class Group:
    """Rows that follow each other; without title where the list has no headings."""

    title: str = ""
    rows: list[Row] = field(default_factory=list)


def grouped(rows: Iterable[Row], wanted: CaseFilter) -> list[Group]:
    """The rows as they come, parted by how near their deadline is where the list is sorted by it."""
    if wanted.sort != "deadline":
        return [Group(rows=list(rows))]
    return list(_parted(rows))


def _parted(rows: Iterable[Row]) -> Iterator[Group]:
    group: Group | None = None
    for row in rows:
        title = nearness(row.side.deadline)
        if group is None or group.title != title:
            if group is not None:
                yield group
            group = Group(title)
        group.rows.append(row)
    if group is not None:
        yield group


def nearness(deadline: datetime | None) -> str:
    """How near a deadline is, in words, by the reader's own days and weeks (Monday first)."""
    if deadline is None:
        return _("Without deadline")
    left, today = deadline - now(), localtime(now()).date()
    day = localtime(deadline).date()
    monday = today - timedelta(days=today.weekday())
    if left <= timedelta(0):
        return _("Overdue")
    if left <= SOON:
        return _("Due in the next 4 hours")
    if day == today:
        return _("Later today")
    return _("This week") if day < monday + timedelta(days=7) else _("Later")
