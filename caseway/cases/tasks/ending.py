"""What becomes of tasks when their case is called off, and when it is taken up again.

Parts of the actions that do so, which have locked the case.
"""

from collections.abc import Iterable
from itertools import groupby

from django.db.models import F

from caseway.cases.family import family_of
from caseway.cases.history.actions import CASEWAY, SeenBy, record
from caseway.cases.history.task_events import TasksCalledOff, TasksResumed
from caseway.cases.models import Case, Task, TaskStatus
from caseway.cases.models.task import WAITING
from caseway.core.clock import now
from caseway.core.events import Event


def call_off_tasks(case: Case) -> None:
    """The case was cancelled or withdrawn: what was still to be done on it is not to be done any more."""
    rows = _locked(case, status__in=WAITING)
    Task.objects.filter(pk__in=[row.pk for row in rows]).update(
        resumes_as=F("status"),
        status=TaskStatus.CANCELLED,
        ended_at=now(),
        updated_at=now(),
        version=F("version") + 1,
    )
    _tell(case, rows, TasksCalledOff)


def resume_tasks(case: Case) -> None:
    """The case is taken up again, and with it the tasks that were called off with it."""
    rows = _locked(case, status=TaskStatus.CANCELLED, resumes_as__in=WAITING)
    Task.objects.filter(pk__in=[row.pk for row in rows]).update(
        status=F("resumes_as"),
        resumes_as="",
        ended_at=None,
        updated_at=now(),
        version=F("version") + 1,
    )
    _tell(case, rows, TasksResumed)


def _locked(case: Case, **which: object) -> list[Task]:
    """Such tasks of the case and of those merged into it, of every side, by organisation."""
    rows = Task.objects.filter(case__in=family_of(case), **which)
    return list(rows.select_for_update(no_key=True).order_by("organisation_id", "pk"))


def _tell(case: Case, rows: Iterable[Task], kind: type[TasksCalledOff | TasksResumed]) -> None:
    """Tell each side of its own tasks, in the name of Caseway: who did it tells the case's own line."""
    for organisation_id, own in groupby(rows, key=lambda row: row.organisation_id):
        happening: Event = kind(task_ids=tuple(row.pk for row in own))
        record(case, happening, CASEWAY, SeenBy.ORGANISATION, organisation_id=organisation_id)
