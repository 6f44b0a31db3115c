"""How far a bulk operation is, and what became of its cases, as whoever began it may know."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from caseway.accounts.models import Person, Team
from caseway.accounts.viewer import Viewer
from caseway.cases.models import Bulk, BulkCase, Case, Priority, Side
from caseway.cases.types import CaseType

State = BulkCase.State
TROUBLED = (State.FAILED, State.LEFT)


@dataclass(frozen=True)
class Progress:
    """How many cases there are (None until they are gathered), and how many in each state."""

    total: int | None
    by_state: Mapping[str, int]

    def of(self, *states: str) -> int:
        """How many cases are in one of these states."""
        return sum(self.by_state.get(state, 0) for state in states)

    @property
    def passed(self) -> int:
        """How many the operation, or its undoing, is through with."""
        return (self.total or 0) - self.of(State.WAITING)

    @property
    def set_back(self) -> int:
        """How many the undoing is through with."""
        return self.of(State.UNDONE, State.LEFT)


@dataclass(frozen=True)
class Line:
    """One case of the report: the viewer's side, and what stood in the way."""

    side: Side
    row: BulkCase


def bulks_of(viewer: Viewer) -> QuerySet[Bulk]:
    """What the viewer has asked for, the newest first."""
    return Bulk.objects.visible_to(viewer).order_by("-pk")


def progress_of(bulk: Bulk) -> Progress:
    """How far it is; one query."""
    rows = bulk.cases.order_by().values_list("state").annotate(n=Count("pk"))
    by_state = dict(rows)
    gathered = bulk.state != Bulk.State.WAITING
    return Progress(sum(by_state.values()) if gathered else None, by_state)


def report_of(bulk: Bulk, viewer: Viewer, *states: str, most: int = 200) -> list[Line]:
    """The cases in these states that the viewer still sees, by number; two queries."""
    rows = {row.case_id: row for row in bulk.cases.filter(state__in=states).order_by("case_id")[:most]}
    seen = Side.objects.visible_to(viewer).filter(case__in=rows).order_by("case_id")
    return [Line(side, rows[side.case_id]) for side in seen.only("number", "subject", "status", "case_id")]


def rows_seen(bulk: Bulk, viewer: Viewer) -> QuerySet[BulkCase]:
    """The rows of its cases that the viewer still sees, with the cases."""
    seen = Side.objects.visible_to(viewer)
    return bulk.cases.filter(case__in=seen.values("case")).select_related("case")


def unseen_among(bulk: Bulk, viewer: Viewer, *states: str) -> int:
    """How many of its cases in these states the viewer can't see any more."""
    rows = bulk.cases.filter(state__in=states)
    return rows.count() - rows_seen(bulk, viewer).filter(state__in=states).count()


def told_of(bulk: Bulk, viewer: Viewer) -> str:
    """What the cases get, in words: the new owner, team, type …; "" where the operation says all."""
    tell = TOLD.get(Bulk.Operation(bulk.operation))
    return tell(bulk.arguments, viewer) if tell else ""


def _name_of(rows: QuerySet[Any], key: int) -> str:
    row = rows.filter(pk=key).first()
    return str(row) if row is not None else ""


TOLD: dict[Bulk.Operation, Callable[[Mapping[str, Any], Viewer], str]] = {
    Bulk.Operation.ASSIGN: lambda kept, _by: _name_of(Person.objects.all(), kept["owner"]),
    Bulk.Operation.TEAM: lambda kept, _by: _name_of(Team.objects.all(), kept["team"]),
    Bulk.Operation.TYPE: lambda kept, _by: str(CaseType(kept["type"]).label),
    Bulk.Operation.TAG: lambda kept, _by: ", ".join(kept["tags"]),
    Bulk.Operation.PRIORITY: lambda kept, _by: _name_of(Priority.objects.all(), kept["priority"]),
    Bulk.Operation.MERGE: lambda kept, by: _name_of(Case.objects.visible_to(by), kept["into"]),
}
"""The names of what an operation was told, checked when it was asked for."""


def has_trouble(progress: Progress) -> bool:
    """Whether some cases could not be done, or set back."""
    return progress.of(*TROUBLED) > 0
