"""Whose mail an organisation doesn't take."""

from django.db import models

from caseway.accounts.models import Organisation, Person
from caseway.core.clock import now


class BlockedSender(models.Model):
    """An address, or as `@domain` a whole domain, whose mails are kept and ignored."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    pattern = models.CharField(max_length=254, db_collation="C")
    blocked_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    blocked_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "pattern"], name="blocked_sender_once")
        ]

    def __str__(self) -> str:
        return self.pattern
