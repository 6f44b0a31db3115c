"""The order of a list, or of a part of it."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from caseway.core.errors import Conflict

from .kinds import ListKind

BEYOND = 10_000
"""Ranks are unique: while they are written, they stand above all that there are."""


def siblings(kind: ListKind, row: Any) -> QuerySet[Any]:
    """The rows with which this one stands in one order, itself too."""
    rows: QuerySet[Any] = kind.model.objects.filter(organisation=row.organisation_id)
    if kind.parted_by:
        part = getattr(row, kind.parted_by)
        wanted = {f"{kind.parted_by}__isnull": True} if part is None else {kind.parted_by: part}
        rows = rows.filter(**wanted)
    return rows.order_by(*kind.order)


def at_the_end(kind: ListKind, row: Any) -> None:
    """Give a new row its place behind all others."""
    if not kind.has_places:
        return
    last = siblings(kind, row).last()
    row.position = last.position + 1 if last else 0
    if kind.ranked:
        row.rank = last.rank + 1 if last else 1


def placed(rows: Sequence[Any], key: int, before: int | None) -> list[Any]:
    """The rows with the one of `key` before that of `before`, or at the end. Raises Conflict without it."""
    moved = [row for row in rows if row.pk == key]
    others = [row for row in rows if row.pk != key]
    if before is None:
        return others + moved
    at = next((place for place, row in enumerate(others) if row.pk == before), None)
    if at is None and before != key:
        raise Conflict(_("The list has changed meanwhile. Look at it again."))
    return [*others[:at], *moved, *others[at:]] if at is not None else list(rows)


def write_places(kind: ListKind, rows: Sequence[Any]) -> None:
    """Store the rows' order; of a ranked list their ranks, too."""
    names = ["position"]
    for place, row in enumerate(rows):
        row.position = place
    if kind.ranked:
        names.append("rank")
        kind.model.objects.filter(pk__in=[row.pk for row in rows]).update(rank=F("rank") + BEYOND)
        for rank, row in enumerate(rows, start=1):
            row.rank = rank
    kind.model.objects.bulk_update(rows, names)
