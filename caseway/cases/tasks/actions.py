"""Adding, changing, taking, doing and discussing tasks.

Every function takes what was loaded through `visible_to`, and who acts (`by`); each writes one
event, told to the side's own agents. All raise NotFound where it is not seen any more, NotAllowed,
Conflict where the case's state forbids it, and Invalid at each wrong field.
"""

from collections.abc import Mapping
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from caseway.accounts.viewer import Viewer
from caseway.cases.access.locking import lock_for
from caseway.cases.access.rules import Operation
from caseway.cases.history.actions import SeenBy, record
from caseway.cases.history.task_events import (
    TaskAdded,
    TaskAssigned,
    TaskCommented,
    TaskEdited,
    TaskMoved,
)
from caseway.cases.models import Case, Task, TaskComment, TaskStatus
from caseway.core.clock import now
from caseway.core.errors import Conflict
from caseway.core.transactions import action

from .fields import NewTask, checked, checked_new, checked_text
from .locking import LockedTask, lock_task

WHOSE = frozenset({"assignee", "team"})


@action
def add(case: Case, new: NewTask, *, by: Viewer) -> Task:
    """Note something to do on an active case."""
    locked = lock_for(by, Operation.TASKS, case)
    values = checked_new(new, by)
    task = Task.objects.create(case=locked.case, organisation_id=by.us, creator=by.person, **values)
    event = TaskAdded(task_id=task.pk, assignee_person_id=task.assignee_id, to_team_id=task.team_id)
    record(locked.case, event, by, SeenBy.ORGANISATION)
    return task


@action
def edit(task: Task, *, by: Viewer, changes: Mapping[str, Any], version: int | None = None) -> Task:
    """Change fields (`FIELDS`) of a task on an active case; the same values again change nothing.

    `version` is the one that the changes were made on: raises Stale where it is older than what is stored.
    """
    locked = lock_task(by, Operation.TASKS, task, version)
    values = checked(changes, by)
    changed = {name: value for name, value in values.items() if getattr(locked.task, name) != value}
    if changed:
        _store(locked.task, changed)
        _tell_of_edit(locked, frozenset(changed), by)
    return locked.task


@action
def claim(task: Task, *, by: Viewer) -> Task:
    """Take a task that nobody has. Twice is the same; whoever comes second hears who has it (Conflict)."""
    locked = lock_task(by, Operation.WORK_OFF, task)
    row = locked.task
    if row.assignee_id == by.me:
        return row
    if row.assignee_id is not None:
        raise Conflict(_("%(name)s has this task already.") % {"name": row.assignee})
    if not row.is_waiting:
        raise Conflict(_already(row))
    _store(row, {"assignee": by.person})
    _tell_of_edit(locked, frozenset({"assignee"}), by)
    return row


@action
def move(task: Task, *, by: Viewer, status: TaskStatus, version: int | None = None) -> Task:
    """Begin a task, do it, cancel it, or take it up again.

    Doing once more what one did oneself is the same; what somebody else did raises Conflict with
    who it was. A task that nobody has belongs to whoever begins it.
    """
    locked = lock_task(by, Operation.WORK_OFF, task, version)
    row, before = locked.task, TaskStatus(locked.task.status)
    if before is status:
        if not status.is_waiting and row.ended_by_id != by.me:
            raise Conflict(_already(row))
        return row
    values: dict[str, Any] = {"status": status, "resumes_as": ""}
    values |= {"ended_at": None if status.is_waiting else now()}
    values |= {"ended_by": None if status.is_waiting else by.person}
    if status is TaskStatus.IN_PROGRESS and row.assignee_id is None:
        values["assignee"] = by.person
    _store(row, values)
    event = TaskMoved(task_id=row.pk, status=status, before=before)
    record(locked.case, event, by, SeenBy.ORGANISATION)
    return row


@action
def comment(task: Task, *, by: Viewer, text: str) -> TaskComment:
    """Say something about a task, in whatever state it and its case are."""
    locked = lock_task(by, Operation.NOTE, task)
    said = TaskComment.objects.create(task=locked.task, author_id=by.me, text=checked_text(text))
    event = TaskCommented(task_id=locked.task.pk, comment_id=said.pk)
    record(locked.case, event, by, SeenBy.ORGANISATION)
    return said


def _store(task: Task, values: Mapping[str, Any]) -> None:
    """Keep the values, as a new version."""
    for name, value in values.items():
        setattr(task, name, value)
    task.updated_at = now()
    task.version = F("version") + 1
    task.save(update_fields=[*values, "updated_at", "version"])
    task.refresh_from_db(fields=["version"])


def _tell_of_edit(locked: LockedTask, changed: frozenset[str], by: Viewer) -> None:
    task = locked.task
    if changed & WHOSE:
        given = TaskAssigned(
            task_id=task.pk,
            assignee_person_id=task.assignee_id,
            to_team_id=task.team_id,
            by_person_id=by.person_id,
        )
        record(locked.case, given, by, SeenBy.ORGANISATION)
    if changed - WHOSE:
        edited = TaskEdited(task_id=task.pk, changed=tuple(sorted(changed - WHOSE)))
        record(locked.case, edited, by, SeenBy.ORGANISATION)


def _already(task: Task) -> str:
    """What somebody else did with it."""
    words = {
        TaskStatus.DONE: _("%(name)s has done this task already."),
        TaskStatus.CANCELLED: _("%(name)s has cancelled this task already."),
    }
    return words[TaskStatus(task.status)] % {"name": task.ended_by or "Caseway"}
