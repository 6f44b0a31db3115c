"""Somebody asked for a new password; the worker finds out whether we know them."""

from django.db import models

from caseway.core.clock import now


class PasswordResetRequest(models.Model):
    """One request, as it was typed. Deleted once its mail is sent, or nobody has the address.

    The page that takes it does the same work whether or not the address is known.
    """

    address = models.CharField(max_length=254, db_collation="C")
    language = models.CharField(max_length=12)
    asked_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"{self.pk}"
