"""Steps of the life cycle of which who, when and why matter: a row each."""

from django.db import models

from caseway.accounts.models import Organisation, Person
from caseway.cases.status import Status
from caseway.core.clock import now
from caseway.customers.models import Contact

from .case import Case
from .reference import Reason


class Step(models.Model):
    """Who did it, for which organisation, when and why. Reason and note are that side's own."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="%(class)ss")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    by_contact = models.ForeignKey(Contact, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=now)
    reason = models.ForeignKey(Reason, models.PROTECT, null=True, related_name="+")
    note = models.TextField(blank=True)
    status_before = models.CharField(max_length=16, choices=Status)

    class Meta:
        abstract = True
        ordering = ("at", "pk")


class Closure(Step):
    """The case was solved."""


class Reopening(Step):
    """A solved case was taken up again."""


class Cancellation(Step):
    """The case was called off by us."""


class Withdrawal(Step):
    """The customer took the case back."""


class Suspension(Step):
    """The case rests; `until` wakes it by itself, `ended_at` says that it goes on."""

    until = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta(Step.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(ended_at__isnull=True), name="suspension_one_running"
            )
        ]
        indexes = [
            models.Index(
                fields=["until"],
                condition=models.Q(ended_at__isnull=True, until__isnull=False),
                name="suspension_to_wake",
            )
        ]


class Merge(Step):
    """`case` was merged into `survivor`; undone while `undone_at` is set."""

    survivor = models.ForeignKey(Case, models.PROTECT, related_name="merges_into_it")
    undone_at = models.DateTimeField(null=True, blank=True)
    brought = models.JSONField(default=dict)
    """Ids of the rows that the merge added to the survivor, which undoing takes away again."""

    class Meta(Step.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(undone_at__isnull=True), name="merge_one_standing"
            )
        ]
