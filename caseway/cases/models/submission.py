"""Forms that were sent, so that sending one twice does its work once."""

from django.db import models

from caseway.accounts.models import Person
from caseway.core.clock import now

from .case import Case


class Submission(models.Model):
    """One form that somebody sent; `token` is the form's own, and `case` what came of it."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    token = models.UUIDField()
    case = models.ForeignKey(Case, models.CASCADE, null=True, related_name="+")
    sent_at = models.DateTimeField(default=now, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "token"], name="submission_once")]

    def __str__(self) -> str:
        return str(self.token)
