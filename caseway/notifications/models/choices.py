"""Of what an agent wants to be told, and how."""

from datetime import time

from django.contrib.postgres.fields import ArrayField
from django.db import models

from caseway.accounts.models import Membership

from .notice import Kind


def shown_at_first() -> list[str]:
    """What everybody is told of in the product, until they choose otherwise."""
    return [Kind.MENTIONED, Kind.MINE, Kind.FOLLOWED]


def mailed_at_first() -> list[str]:
    """What is mailed at once, beside what `Membership.told_as_owner` says of one's own cases."""
    return [Kind.MENTIONED]


def _kinds() -> "models.CharField[str, str]":
    return models.CharField(max_length=10, choices=Kind)


class Choices(models.Model):
    """One seat's choices. A seat without a row has those that everybody has at first.

    Mails at once about one's own cases are chosen by `Membership.told_as_owner`, and not here.
    `digest_due_at` is None for whoever wants no digest; `digest_day` is the day, in their zone, of
    the last one.
    """

    seat = models.OneToOneField(Membership, models.CASCADE, related_name="notice_choices")
    shown = ArrayField(_kinds(), default=shown_at_first, blank=True)
    mailed = ArrayField(_kinds(), default=mailed_at_first, blank=True)
    digested = ArrayField(_kinds(), default=list, blank=True)
    digest_at = models.TimeField(default=time(8))
    digest_due_at = models.DateTimeField(null=True)
    digest_day = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["digest_due_at"],
                name="digest_due",
                condition=models.Q(digest_due_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"choices of seat {self.seat_id}"
