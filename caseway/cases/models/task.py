"""Tasks: what somebody of one side has to do on a case. No other side knows of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from caseway.accounts.models import Organisation, Person, Team
from caseway.cases.visibility import TaskQuerySet
from caseway.core.clock import now

from .case import Case
from .reference import Labelled, Priority


class TaskStatus(models.TextChoices):
    """How far a task is."""

    OPEN = "open", pgettext_lazy("task", "Open")
    IN_PROGRESS = "in_progress", _("In progress")
    DONE = "done", _("Done")
    CANCELLED = "cancelled", _("Cancelled")

    @property
    def is_waiting(self) -> bool:
        """True while somebody still has to do it."""
        return self in WAITING


WAITING = (TaskStatus.OPEN, TaskStatus.IN_PROGRESS)
STILL_WAITING = models.Q(status__in=WAITING)


class TaskType(Labelled):
    """What kind of work a task is: a call, a check, something for the warehouse."""

    class Meta(Labelled.Meta):
        verbose_name = _("type of tasks")
        verbose_name_plural = _("types of tasks")


class Task(models.Model):
    """One piece of work of one organisation on one case.

    `team` is whose board it stands on, `assignee` who does it; both may be missing. `version` counts
    its changes: the ETag. `resumes_as` is the status to which it returns when the case, called off
    with it, is taken up again.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="tasks")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    type = models.ForeignKey(TaskType, models.SET_NULL, null=True, blank=True, related_name="+")
    assignee = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="tasks")
    team = models.ForeignKey(Team, models.SET_NULL, null=True, blank=True, related_name="tasks")
    priority = models.ForeignKey(Priority, models.SET_NULL, null=True, blank=True, related_name="+")
    due_at = models.DateTimeField(null=True, blank=True)
    status = models.CharField(max_length=12, choices=TaskStatus, default=TaskStatus.OPEN, db_collation="C")
    resumes_as = models.CharField(max_length=12, choices=TaskStatus, blank=True, db_collation="C")
    creator = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=now)
    updated_at = models.DateTimeField(default=now)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                condition=(STILL_WAITING & models.Q(ended_at__isnull=True))
                | (~STILL_WAITING & models.Q(ended_at__isnull=False)),
                name="task_ended_has_date",
            ),
            models.CheckConstraint(
                condition=models.Q(resumes_as="") | models.Q(status=TaskStatus.CANCELLED),
                name="task_resumes_if_cancelled",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "status", "due_at", "-id"],
                name="task_waiting",
                condition=STILL_WAITING,
            ),
            models.Index(
                fields=["team", "status", "due_at", "-id"], name="task_of_team", condition=STILL_WAITING
            ),
            models.Index(
                fields=["assignee", "status", "due_at", "-id"],
                name="task_of_assignee",
                condition=STILL_WAITING,
            ),
            models.Index(
                fields=["organisation", "-ended_at", "-id"],
                name="task_done",
                condition=models.Q(status=TaskStatus.DONE),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_waiting(self) -> bool:
        """True while somebody still has to do it."""
        return TaskStatus(self.status).is_waiting

    @property
    def is_overdue(self) -> bool:
        """Whether it waits longer than it should."""
        return self.is_waiting and self.due_at is not None and self.due_at < now()


class TaskComment(models.Model):
    """What a colleague said about a task."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="comments")
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ("at", "pk")
        indexes = [models.Index(fields=["task", "at", "id"], name="comments_of_task")]

    def __str__(self) -> str:
        return self.text[:40]
