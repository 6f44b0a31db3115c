"""My tasks: what waits for me by when it is due, and what my teams have that nobody took."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from caseway.accounts.viewer import Viewer
from caseway.cases.models import Task
from caseway.cases.tasks.queries import JOINED, SOONEST, waiting_tasks
from caseway.core.clock import now

MOST = 200


@dataclass(frozen=True)
class Group:
    """Tasks that are due at about the same time."""

    label: str
    tasks: Sequence[Task]
    is_late: bool = False


def my_tasks(viewer: Viewer) -> list[Group]:
    """What waits for the viewer, the soonest first; one query."""
    rows = waiting_tasks(viewer).filter(assignee=viewer.person_id)
    return list(_grouped(rows.select_related(*JOINED).order_by(*SOONEST)[:MOST]))


def tasks_of_my_teams(viewer: Viewer) -> list[Task]:
    """What waits in the viewer's teams and nobody has taken, the soonest first; one query."""
    rows = waiting_tasks(viewer).filter(team__in=viewer.team_ids, assignee=None)
    return list(rows.select_related(*JOINED).order_by(*SOONEST)[:MOST])


def _grouped(tasks: Iterable[Task]) -> Iterable[Group]:
    labels = {
        "late": _("Overdue"),
        "today": _("Today"),
        "week": _("Within a week"),
        "later": _("Later"),
        "": _("Without a date"),
    }
    for key, group in groupby(tasks, key=_when):
        yield Group(labels[key], list(group), is_late=key == "late")


def _when(task: Task) -> str:
    """Which group the task is in; days are the reader's own."""
    if task.due_at is None:
        return ""
    if task.is_overdue:
        return "late"
    days = localtime(task.due_at).date() - localtime(now()).date()
    if days <= timedelta(0):
        return "today"
    return "week" if days < timedelta(days=7) else "later"
