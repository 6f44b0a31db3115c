"""Who is at a case right now."""

from django.db import models

from caseway.accounts.models import Organisation, Person
from caseway.cases.models import Case


class Presence(models.Model):
    """Somebody has a case open. Each row holds for seconds; the table is not logged: a crash empties it."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    here_until = models.DateTimeField()
    writing_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "person", "case"], name="presence_once")
        ]
        indexes = [models.Index(fields=["here_until"], name="presence_until")]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.case_id}"
