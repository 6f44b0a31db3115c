"""Live counts of the views: composed once a day for each viewer, asked of the database each time."""

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection

from caseway.accounts.policy import Policy
from caseway.accounts.viewer import Viewer
from caseway.core.clock import now

from .filters import CaseFilter
from .named import View

CAP = 1000
KEPT = 2000
"""Viewers whose counts stay composed in one process."""


@dataclass(frozen=True)
class Counting:
    """One statement that counts several lists, with its parameters."""

    sql: str
    parameters: tuple[Any, ...]


def counts_of(views: Iterable[View], viewer: Viewer, wanted: CaseFilter | None = None) -> dict[View, int]:
    """How many cases each view has, up to `CAP` (1000 means a thousand or more); one query.

    With `wanted`, only those that fit its filters.
    """
    asked = tuple(views)
    if wanted is None:
        counting = _plain(asked, copy(viewer), viewer.policy, now().date())
    else:
        counting = _composed(asked, viewer, wanted)
    with connection.cursor() as cursor:
        cursor.execute(counting.sql, list(counting.parameters))
        return dict(zip(asked, cursor.fetchone(), strict=True))


@lru_cache(maxsize=KEPT)
def _plain(views: tuple[View, ...], viewer: Viewer, _policy: Policy, _today: date) -> Counting:
    """The views as they are, which every page of the desk counts: composing them takes 3 ms.

    The statement says nothing but what viewer, policy and day say; two organisations that are
    equal may have different policies, so the policy is asked for by itself.
    """
    return _composed(views, viewer, CaseFilter())


def _composed(views: tuple[View, ...], viewer: Viewer, wanted: CaseFilter) -> Counting:
    parts: list[str] = []
    parameters: list[Any] = []
    for view in views:
        rows = replace(wanted, view=view).sides(viewer).order_by().values("pk")[:CAP]
        try:
            sql, given = rows.query.sql_with_params()
        except EmptyResultSet:  # nothing can fit, and the ORM knows
            sql, given = "SELECT 1 WHERE false", ()
        parts.append(f"(SELECT count(*) FROM ({sql}) AS capped)")  # noqa: S608 - made by the ORM
        parameters += given
    return Counting(f"SELECT {', '.join(parts)}", tuple(parameters))
