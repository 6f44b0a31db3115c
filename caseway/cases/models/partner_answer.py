"""What a partner's people did without a sign-in, by the links of a mail."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from caseway.accounts.models import Organisation
from caseway.cases.types import AnswerKind
from caseway.core.clock import now

from .case import Case
from .message import Message
from .people import Participant

ONCE = (AnswerKind.ACCEPTED, AnswerKind.SOLVED)
"""What is said once to each message: whoever of the organisation comes second sees what was done."""


class PartnerAnswer(models.Model):
    """One answer. `asked` is the message whose mail held the link, `message` the one that tells the
    answer to both sides, `form` the form that was sent: sent twice, it answers once.

    `eta` is when a shipment is expected, as the answer says; the shipment's own is the feed's.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="partner_answers")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    participant = models.ForeignKey(Participant, models.SET_NULL, null=True, related_name="+")
    asked = models.ForeignKey(Message, models.PROTECT, related_name="partner_answers")
    message = models.OneToOneField(Message, models.PROTECT, related_name="partner_answer")
    kind = models.CharField(max_length=8, choices=AnswerKind)
    eta = models.DateTimeField(null=True, blank=True)
    form = models.UUIDField()
    answered_at = models.DateTimeField(default=now)

    class Meta:
        verbose_name = _("answer of a partner")
        verbose_name_plural = _("answers of partners")
        ordering = ("answered_at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["asked", "kind"],
                condition=models.Q(kind__in=[kind.value for kind in ONCE]),
                name="partner_answer_once",
            ),
            models.UniqueConstraint(fields=["asked", "form"], name="partner_answer_form"),
            models.CheckConstraint(
                condition=models.Q(kind=AnswerKind.ETA, eta__isnull=False)
                | (~models.Q(kind=AnswerKind.ETA) & models.Q(eta__isnull=True)),
                name="partner_answer_eta",
            ),
        ]
        indexes = [models.Index(fields=["case", "-answered_at", "-id"], name="partner_answer_of_case")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"
