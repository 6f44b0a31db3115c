"""Reading tasks: of one case, of a board, of one person."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import Enum

from django.db.models import F, Q, QuerySet
from django.utils.timezone import get_current_timezone, localtime

from caseway.accounts.asking import AskedBy
from caseway.accounts.models import Membership, Team
from caseway.accounts.viewer import Viewer
from caseway.cases.models import Priority, Side, Task, TaskStatus, TaskType
from caseway.core.clock import now
from caseway.core.database.statements import Slot

JOINED = ("case", "assignee", "team", "type", "priority")
SOONEST = (F("due_at").asc(nulls_last=True), "-pk")


class Due(Enum):
    """When a task is due, as boards and lists may be narrowed."""

    OVERDUE = "overdue"
    TODAY = "today"
    WEEK = "week"
    NONE = "none"


@dataclass(frozen=True)
class Whose:
    """Which tasks a board or list shows; empty means all."""

    team: Team | None = None
    mine: bool = False
    nobodys: bool = False
    due: Due | None = None

    def of(self, rows: QuerySet[Task], viewer: Viewer) -> QuerySet[Task]:
        """Those among `rows` that fit."""
        if self.team is not None:
            rows = rows.filter(team=self.team)
        if self.mine:
            rows = rows.filter(assignee=viewer.person_id)
        if self.nobodys:
            rows = rows.filter(assignee=None)
        return rows.filter(due_within(self.due)) if self.due else rows


def due_within(due: Due) -> Q:
    """The condition for tasks due then; days are the reader's own."""
    midnight = datetime.combine(localtime(now()).date() + timedelta(days=1), time.min, get_current_timezone())
    match due:
        case Due.OVERDUE:
            return Q(due_at__lt=now())
        case Due.TODAY:
            return Q(due_at__lt=midnight)
        case Due.WEEK:
            return Q(due_at__lt=midnight + timedelta(days=6))
        case Due.NONE:
            return Q(due_at=None)


@AskedBy
def _tasks_of_one(viewer: Viewer) -> QuerySet[Task]:
    return Task.objects.visible_to(viewer).select_related(*JOINED).filter(case=Slot("case"))


def tasks_of(family: Sequence[int], viewer: Viewer) -> list[Task]:
    """The tasks of a case and of those merged into it: what is to be done first, the soonest first."""
    if len(family) == 1:
        return sorted(_tasks_of_one.rows(viewer, case=family[0]), key=_as_listed)
    rows = Task.objects.visible_to(viewer).filter(case__in=family).select_related(*JOINED)
    return sorted(rows, key=_as_listed)


def _as_listed(task: Task) -> tuple[bool, datetime, int]:
    far = datetime.max.replace(tzinfo=now().tzinfo)
    return not task.is_waiting, task.due_at or far, task.pk


def task_of(family: Iterable[int], key: int, viewer: Viewer) -> Task | None:
    """The task with this id, if it is one of these cases' and the viewer's to see."""
    rows = Task.objects.visible_to(viewer).filter(case__in=list(family))
    return rows.select_related(*JOINED, "creator", "ended_by").filter(pk=key).first()


def column_of(status: TaskStatus, whose: Whose, viewer: Viewer, *, most: int) -> list[Task]:
    """The column of a board: what waits by its due date, what is done the latest first."""
    rows = whose.of(Task.objects.visible_to(viewer).filter(status=status), viewer)
    order = SOONEST if status.is_waiting else ("-ended_at", "-pk")
    return list(rows.select_related(*JOINED).order_by(*order)[:most])


def waiting_tasks(viewer: Viewer) -> QuerySet[Task]:
    """All that waits and that the viewer sees."""
    return Task.objects.visible_to(viewer).filter(status__in=[s for s in TaskStatus if s.is_waiting])


def subjects_of(tasks: Iterable[Task], viewer: Viewer) -> dict[int, str]:
    """The subjects of the cases of these tasks, by case, as the viewer's side calls them; one query."""
    cases = {task.case_id for task in tasks}
    sides = Side.objects.visible_to(viewer).filter(case__in=cases)
    return dict(sides.values_list("case_id", "subject"))


def types_for(viewer: Viewer) -> list[tuple[str, str]]:
    """The types of tasks, as (id, label)."""
    rows = TaskType.objects.filter(organisation=viewer.organisation_id, is_active=True)
    return [(str(row.pk), row.label) for row in rows]


def teams_for(viewer: Viewer) -> list[tuple[str, str]]:
    """All teams of the organisation, the viewer's own first, as (id, name)."""
    rows = Team.objects.filter(organisation=viewer.organisation_id).order_by("name")
    return sorted(
        ((str(row.pk), row.name) for row in rows), key=lambda one: int(one[0]) not in viewer.team_ids
    )


def priorities_for(viewer: Viewer) -> list[tuple[str, str]]:
    """The priorities, the most pressing first, as (id, label)."""
    rows = Priority.objects.filter(organisation=viewer.organisation_id, is_active=True).order_by("-rank")
    return [(str(row.pk), row.label) for row in rows]


def colleagues_for(viewer: Viewer) -> list[tuple[str, str]]:
    """Everyone who may get a task, the viewer first, as (address, name)."""
    seats = Membership.objects.filter(
        organisation=viewer.organisation_id, is_active=True, person__is_active=True
    )
    people = seats.order_by("person__name", "pk").values_list("person__email", "person__name", "person_id")
    first = sorted(people, key=lambda one: one[2] != viewer.person_id)
    return [(email, name or email) for email, name, _key in first]
