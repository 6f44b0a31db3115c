"""Live counts of the views: composed once a day for each viewer, asked of the database each time."""

from collections.abc import Callable, Iterable, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from caseway.accounts.policy import Policy
from caseway.accounts.viewer import Viewer
from caseway.core.clock import now

from .filters import CaseFilter
from .named import View

Rows = Callable[[Viewer], "QuerySet[Any]"]
CAP = 1000
KEPT = 2000
"""Viewers whose counts stay composed in one process."""


@dataclass(frozen=True)
class Counting:
    """One statement that counts several lists, with its parameters, and which of its columns counts each.

    Two lists that ask the same, as those of a person who watches and follows, are counted once.
    """

    sql: str
    parameters: tuple[Any, ...]
    columns: tuple[int, ...]

    def asked(self) -> tuple[list[int], tuple[Any, ...]]:
        """The count of each list, and what else the statement asks for."""
        with connection.cursor() as cursor:
            cursor.execute(self.sql, list(self.parameters))
            row = cursor.fetchone()
        return [row[column] for column in self.columns], row[max(self.columns, default=-1) + 1 :]


def counts_of(views: Iterable[View], viewer: Viewer, wanted: CaseFilter | None = None) -> dict[View, int]:
    """How many cases each view has, up to `CAP` (1000 means a thousand or more); one query.

    With `wanted`, only those that fit its filters.
    """
    asked = tuple(views)
    if wanted is None:
        counting = _plain(asked, copy(viewer), viewer.policy, now().date())
    else:
        counting = _composed(asked, viewer, wanted)
    counts, _rest = counting.asked()
    return dict(zip(asked, counts, strict=True))


def counts_beside(
    views: Iterable[View], viewer: Viewer, rows: Rows, listed: Rows
) -> tuple[dict[View, int], int, list[dict[str, Any]]]:
    """The same of the plain views, how many `rows(viewer)` there are, and the few values that
    `listed(viewer)` has, all in one query.

    `rows` and `listed` say nothing but what the viewer says: they are composed once a day.
    """
    asked = tuple(views)
    counting = _plain(asked, copy(viewer), viewer.policy, now().date(), rows, listed)
    (*counts, beside), (found,) = counting.asked()
    return dict(zip(asked, counts, strict=True)), beside, found


@lru_cache(maxsize=KEPT)
def _plain(
    views: tuple[View, ...],
    viewer: Viewer,
    _policy: Policy,
    _today: date,
    beside: Rows | None = None,
    listed: Rows | None = None,
) -> Counting:
    """The views as they are, which every page of the desk counts: composing them takes 3 ms.

    The statement says nothing but what viewer, policy and day say; two organisations that are
    equal may have different policies, so the policy is asked for by itself.
    """
    counting = _composed(views, viewer, CaseFilter(), beside)
    if listed is None:
        return counting
    sql, given = _sql_of(listed(viewer))
    found = f"(SELECT coalesce(json_agg(found), '[]') FROM ({sql}) AS found)"  # noqa: S608 - made by the ORM
    return Counting(f"{counting.sql}, {found}", (*counting.parameters, *given), counting.columns)


def capped_counts(lists: Sequence[QuerySet[Any]]) -> list[int]:
    """How many rows each has, up to `CAP`; one query."""
    counts, _rest = _counting(lists).asked()
    return counts


def _composed(
    views: tuple[View, ...], viewer: Viewer, wanted: CaseFilter, beside: Rows | None = None
) -> Counting:
    counted: list[QuerySet[Any]] = [replace(wanted, view=view).sides(viewer) for view in views]
    return _counting([*counted, *([beside(viewer)] if beside else ())])


def _counting(lists: Iterable[QuerySet[Any]]) -> Counting:
    asked = [_sql_of(rows.order_by().values("pk")[:CAP]) for rows in lists]
    parts = [one for place, one in enumerate(asked) if one not in asked[:place]]
    counted = [f"(SELECT count(*) FROM ({sql}) AS capped)" for sql, _given in parts]  # noqa: S608 - made by the ORM
    given = tuple(value for _sql, values in parts for value in values)
    return Counting(f"SELECT {', '.join(counted)}", given, tuple(parts.index(one) for one in asked))


def _sql_of(rows: QuerySet[Any]) -> tuple[str, tuple[Any, ...]]:
    try:
        return rows.query.sql_with_params()
    except EmptyResultSet:  # nothing can fit, and the ORM knows
        return "SELECT 1 WHERE false", ()
