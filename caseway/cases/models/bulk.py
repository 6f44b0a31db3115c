"""Bulk operations: one operation on many cases, with a row for each."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from caseway.accounts.models import Organisation, Person
from caseway.cases.visibility import BulkQuerySet
from caseway.core.clock import now

from .case import Case
from .event import CaseEvent


class Bulk(models.Model):
    """What somebody does to many cases at once, and how far it is.

    `filter` is the query string of the list that was chosen whole ("" where the cases were ticked
    one by one); its rows are made when the job begins, of cases that were there `as_of`.
    `arguments` holds ids and values, checked when it was asked for.
    """

    class Operation(models.TextChoices):
        CLAIM = "claim", _("Claim")
        ASSIGN = "assign", _("Assign")
        TEAM = "team", _("Give to a team")
        TYPE = "type", _("Set the type")
        TAG = "tag", _("Add tags")
        PRIORITY = "priority", _("Set the priority")
        CLOSE = "close", _("Close")
        FOLLOW = "follow", _("Follow")
        MERGE = "merge", _("Merge into one")

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        CANCELLED = "cancelled", _("Cancelled")
        UNDOING = "undoing", _("Being undone")
        UNDONE = "undone", _("Undone")

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    operation = models.CharField(max_length=12, choices=Operation)
    arguments = models.JSONField(default=dict)
    filter = models.TextField(blank=True)
    as_of = models.DateTimeField(default=now)
    state = models.CharField(max_length=12, choices=State, default=State.WAITING)
    asked_at = models.DateTimeField(default=now)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = BulkQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["by", "organisation", "-id"], name="bulk_of_person"),
            models.Index(
                fields=["id"],
                name="bulk_at_work",
                condition=models.Q(state__in=["waiting", "running", "undoing"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.operation}"

    @property
    def is_at_work(self) -> bool:
        """True while a worker has something to do for it."""
        return self.state in (self.State.WAITING, self.State.RUNNING, self.State.UNDOING)


class BulkCase(models.Model):
    """One case of a bulk operation: what became of it, and what undoing needs.

    `before` is what the case was as ids and values; `event` the last thing that had happened to it
    when the operation was done: whatever came later is somebody else's change.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        DONE = "done", _("Done")
        SAME = "same", _("Was so already")
        FAILED = "failed", _("Not done")
        UNDONE = "undone", _("Set back")
        LEFT = "left", _("Left as it is")

    bulk = models.ForeignKey(Bulk, models.CASCADE, related_name="cases")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    why = models.CharField(max_length=300, blank=True)
    before = models.JSONField(default=dict)
    event = models.ForeignKey(CaseEvent, models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bulk", "case"], name="bulk_case_once")]
        indexes = [models.Index(fields=["bulk", "state", "case"], name="bulk_next_case")]

    def __str__(self) -> str:
        return f"{self.bulk_id} {self.case_id} {self.state}"
