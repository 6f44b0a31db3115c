"""Somebody asked to join from outside; the worker finds out whether they may."""

from django.db import models

from caseway.accounts.models import Organisation
from caseway.core.clock import now


class SignUpRequest(models.Model):
    """One request, as it was typed. Deleted once it is answered, by mail or by nothing.

    The page that takes it does the same work whether or not the address or its domain is known.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, related_name="+")
    address = models.CharField(max_length=254, db_collation="C")
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=12)
    asked_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"{self.pk}"
