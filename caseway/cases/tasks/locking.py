"""Locking a task: the cases first, as every action does, then the task itself."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from caseway.accounts.viewer import Viewer
from caseway.cases.access.locking import Locked, lock_cases
from caseway.cases.access.rules import Operation, demand
from caseway.cases.family import survivor_of
from caseway.cases.models import Case, Task
from caseway.core.errors import NotFound, Stale


@dataclass(frozen=True)
class LockedTask:
    """A task that nobody else changes until the transaction ends, and the case on which it is done."""

    task: Task
    at: Locked

    @property
    def case(self) -> Case:
        """The case whose history tells of it: the survivor where the task's own was merged."""
        return self.at.case


def lock_task(by: Viewer, operation: Operation, task: Task, version: int | None = None) -> LockedTask:
    """Lock the task, make sure that it is still the viewer's to see, and demand the operation.

    A merged case's tasks go on with the survivor: its status counts. `version` is the one that the
    change was made on; None skips the guard. Raises NotFound, NotAllowed, Conflict, and Stale with
    what is stored now.
    """
    home = survivor_of(task.case_id)
    locked = lock_cases([task.case_id, home])
    row = (
        Task.objects.visible_to(by)
        .select_for_update(no_key=True, of=("self",))
        .select_related("case", "assignee", "team", "type", "priority", "creator", "ended_by")
        .filter(pk=task.pk)
        .first()
    )
    if row is None:
        raise NotFound
    demand(by, operation, locked[home].case, locked[home].side_of(by))
    if version is not None and version != row.version:
        raise Stale(_("Somebody changed this task meanwhile."), current={"version": row.version})
    return LockedTask(row, locked[home])
