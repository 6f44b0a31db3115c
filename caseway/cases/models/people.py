"""Who follows a case, who took part, who has looked."""

from django.db import models

from caseway.accounts.models import Organisation, Person
from caseway.cases.types import Audience
from caseway.core.clock import now
from caseway.customers.models import Contact

from .case import Case


class Watch(models.Model):
    """A watcher: follows the case from one side's desk, without being responsible."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="watches")
    person = models.ForeignKey(Person, models.PROTECT, related_name="watches")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    since = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "person", "case"], name="watch_once")]

    def __str__(self) -> str:
        return f"{self.person_id} watches {self.case_id}"


class Visit(models.Model):
    """Up to when somebody has read a case; what came later is unread."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="visits")
    person = models.ForeignKey(Person, models.CASCADE, related_name="visits")
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "case"], name="visit_once")]

    def __str__(self) -> str:
        return f"{self.person_id} saw {self.case_id}"


class Participant(models.Model):
    """An address that wrote or was copied in; told of new messages of its audience while subscribed.

    `is_approved` is what lets a mail from the address join the case.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="participants")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", help_text="Whose conversation it belongs to"
    )
    audience = models.CharField(max_length=8, choices=Audience)
    address = models.CharField(max_length=254, db_collation="C")
    name = models.CharField(max_length=160, blank=True)
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, blank=True, related_name="+")
    is_subscribed = models.BooleanField(default=True)
    is_approved = models.BooleanField(default=True)
    since = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "organisation", "audience", "address"], name="participant_once"
            )
        ]

    def __str__(self) -> str:
        return self.address
