"""A board: tasks in columns by how far they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from caseway.accounts.viewer import Viewer
from caseway.cases.models import Task, TaskStatus
from caseway.cases.tasks.queries import Whose, column_of, subjects_of

MOST = {TaskStatus.OPEN: 60, TaskStatus.IN_PROGRESS: 60, TaskStatus.DONE: 20}
"""How many a column shows: of what waits the soonest, of what is done the latest."""


@dataclass(frozen=True)
class Column:
    """The tasks of one status, and whether there are more than are shown."""

    status: TaskStatus
    tasks: Sequence[Task]
    more: bool


@dataclass(frozen=True)
class Board:
    """The columns as one viewer sees them: one query each, and one for the subjects of the cases."""

    whose: Whose
    viewer: Viewer

    @cached_property
    def columns(self) -> list[Column]:
        """From what is open to what is done."""
        found = []
        for status, most in MOST.items():
            tasks = column_of(status, self.whose, self.viewer, most=most + 1)
            found.append(Column(status, tasks[:most], more=len(tasks) > most))
        return found

    @cached_property
    def subjects(self) -> dict[int, str]:
        """The subjects of the cases, by case."""
        return subjects_of([task for column in self.columns for task in column.tasks], self.viewer)

    @property
    def is_empty(self) -> bool:
        """Whether no column has anything."""
        return not any(column.tasks for column in self.columns)
