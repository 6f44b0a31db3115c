"""Associated cases that are not merged."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from caseway.accounts.models import Organisation, Person
from caseway.core.clock import now

from .case import Case


class CaseLink(models.Model):
    """One side's own knowledge that two of its cases belong together."""

    class Kind(models.TextChoices):
        RELATED = "related", _("Related")
        FOLLOW_UP = "follow_up", _("Follow-up")
        DUPLICATE = "duplicate", _("Duplicate")

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="links")
    other = models.ForeignKey(Case, models.PROTECT, related_name="links_to_it")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.RELATED)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "case", "other"], name="link_once"),
            models.CheckConstraint(condition=~models.Q(case=models.F("other")), name="link_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind} {self.other_id}"
