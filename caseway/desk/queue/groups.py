"""Headings between the rows of a list: by how near the deadline is, whose court, or the owner."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from caseway.accounts.viewer import Viewer
from caseway.cases.models import Side
from caseway.cases.types import Court
from caseway.cases.views.queries import Row
from caseway.cases.views.shown import Shown

from .stretches import COUNTED, counts_of_stretches, nearness, stretches

COURTS = {
    Court.US: lambda: _("Our move"),
    Court.PARTNER: lambda: _("The partner's move"),
    Court.CUSTOMER: lambda: _("The customer's move"),
    Court.NOBODY: lambda: _("Nobody's move"),
}


@dataclass
class Group:
    """Rows that follow each other; without title where the list has no headings, and without
    `count` where there are too many to be counted.
    """

    title: str = ""
    rows: list[Row] = field(default_factory=list)
    count: int | None = None


def grouped(rows: Iterable[Row], shown: Shown, viewer: Viewer) -> list[Group]:
    """The rows as they come, parted as their reader wants it. One query where there are headings.

    By deadline only where the list is sorted by it and holds active cases alone: nothing of solved
    ones is due.
    """
    found = list(rows)
    if not found:
        return []
    match shown.grouped_by:
        case "deadline" if all(row.side.is_active for row in found):
            return _by_deadline(found, shown, viewer)
        case "court":
            counts = _counts(shown, viewer, "court")
            return _parted(found, lambda side: side.court, lambda side: COURTS[Court(side.court)](), counts)
        case "owner":
            counts = _counts(shown, viewer, "owner")
            return _parted(found, lambda side: side.owner_id, _owner_of, counts)
    return [Group(rows=found)]


def _by_deadline(rows: Sequence[Row], shown: Shown, viewer: Viewer) -> list[Group]:
    parts = stretches()
    counts = counts_of_stretches(shown.wanted.sides(viewer), parts)

    def title(side: Side) -> str:
        return nearness(side.deadline, parts)

    return _parted(rows, title, title, counts)


def _owner_of(side: Side) -> str:
    return str(side.owner) if side.owner else _("Nobody yet")


def _parted(
    rows: Iterable[Row],
    key: Callable[[Side], object],
    title: Callable[[Side], str],
    counts: Mapping[Any, int],
) -> list[Group]:
    parts = [(part, list(found)) for part, found in groupby(rows, key=lambda row: key(row.side))]
    return [Group(title(found[0].side), found, counts.get(part)) for part, found in parts]


def _counts(shown: Shown, viewer: Viewer, by: str) -> dict[object, int]:
    """How many cases each part of the list holds, as far as the first `COUNTED` reach."""
    order = shown.order
    first = shown.wanted.sides(viewer).order_by(*order.expressions()).values("pk")[:COUNTED]
    parts = Side.objects.filter(pk__in=first).order_by().values_list(by).annotate(n=Count("pk"))
    counts = dict(parts)
    if sum(counts.values()) < COUNTED:
        return counts
    return {}  # the last of them goes on beyond what was counted, and which that is isn't told
