"""What customers answered when their case was closed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from caseway.accounts.models import Organisation
from caseway.cases.types import Verdict
from caseway.cases.visibility import SatisfactionQuerySet
from caseway.core.clock import now
from caseway.customers.models import Contact

from .case import Case
from .step import Closure


class Satisfaction(models.Model):
    """The answer to the question after one closing; a case that is closed again asks again.

    It is the host's (`organisation`) and the contact's who gave it, nobody else's.
    """

    class Way(models.TextChoices):
        MAIL = "mail", _("From the mail")
        PORTAL = "portal", _("In the portal")
        API = "api", _("By a program")

    case = models.ForeignKey(Case, models.PROTECT, related_name="satisfactions")
    closure = models.OneToOneField(Closure, models.PROTECT, related_name="satisfaction")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=8, choices=Verdict)
    comment = models.TextField(blank=True)
    way = models.CharField(max_length=8, choices=Way)
    answered_at = models.DateTimeField(default=now)

    objects = SatisfactionQuerySet.as_manager()

    class Meta:
        ordering = ("answered_at", "pk")
        indexes = [models.Index(fields=["organisation", "answered_at"], name="satisfaction_by_day")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.verdict}"
