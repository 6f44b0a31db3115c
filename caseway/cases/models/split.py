"""Messages that became a case of their own as well."""

from django.db import models

from caseway.accounts.models import Organisation, Person
from caseway.cases.visibility import SplitQuerySet
from caseway.core.clock import now

from .case import Case
from .message import Message


class Split(models.Model):
    """`message` stays on its case and is read from `into` too, by those who could read it before.

    It is the knowledge of the organisation that split; taken back while `undone_at` is set.
    """

    message = models.ForeignKey(Message, models.PROTECT, related_name="splits")
    into = models.ForeignKey(Case, models.PROTECT, related_name="splits")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=now)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = SplitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "message"],
                condition=models.Q(undone_at__isnull=True),
                name="split_once_per_side",
            )
        ]

    def __str__(self) -> str:
        return f"{self.message_id} into {self.into_id}"
