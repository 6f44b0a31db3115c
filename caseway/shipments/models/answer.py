"""How often the status of a shipment answered a question before a case was made of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from caseway.accounts.models import Organisation
from caseway.customers.models import Contact

from .shipment import Shipment


class StatusAnswer(models.Model):
    """A shipment's status, shown to somebody who was raising a case; `solved_at` when they said that it
    answers their question. Once for each person, shipment and day, however often it was shown."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    shipment = models.ForeignKey(Shipment, models.CASCADE, related_name="+")
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="+")
    day = models.DateField(help_text=_("In UTC"))
    solved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("answer by a shipment's status")
        verbose_name_plural = _("answers by a shipment's status")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "shipment", "contact", "day"], name="status_answer_once_a_day"
            )
        ]
        indexes = [models.Index(fields=["organisation", "day"], name="status_answer_day")]

    def __str__(self) -> str:
        return f"{self.shipment_id} {self.day}"
