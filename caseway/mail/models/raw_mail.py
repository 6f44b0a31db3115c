"""Every message that came in, as it came: stored before anything else is done with it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from caseway.accounts.models import Organisation
from caseway.cases.models import Case, Message
from caseway.core.clock import now

from .mailbox import Mailbox
from .why import Why


class RawMail(models.Model):
    """One mail to one organisation. The bytes are the truth; the rest is what was made of them.

    The same content to the same organisation makes one row, however often it is delivered.
    `recipients` are the envelope's addresses, `attempts` counts tries to process it.
    """

    class State(models.TextChoices):
        RECEIVED = "received", _("Waiting")
        PROCESSED = "processed", _("On a case")
        HELD = "held", _("Held for approval")
        IGNORED = "ignored", _("Ignored")
        REJECTED = "rejected", _("Could not be read")

    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    mailbox = models.ForeignKey(Mailbox, models.PROTECT, null=True, blank=True, related_name="mails")
    recipients = ArrayField(models.CharField(max_length=320), default=list)
    envelope_from = models.CharField(
        max_length=320, blank=True, help_text=_("Empty: not known; “<>”: the null sender")
    )
    content = models.BinaryField()
    size = models.PositiveIntegerField()
    content_hash = models.CharField(max_length=64, db_collation="C")
    state = models.CharField(max_length=9, choices=State, default=State.RECEIVED)
    why = models.CharField(max_length=19, choices=Why, blank=True, default="")
    detail = models.CharField(
        max_length=250, blank=True, help_text=_("What the reason speaks of; alone: what was mended")
    )
    is_accepted = models.BooleanField(
        default=False,
        help_text=_("Somebody looked at it: limits and uses of addresses don't hold it any more"),
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(default=now)
    received_at = models.DateTimeField(default=now)

    # What was read, to find and show it by
    sender = models.CharField(max_length=254, blank=True, db_collation="C")
    sender_name = models.CharField(max_length=160, blank=True)
    subject = models.CharField(max_length=250, blank=True)
    preview = models.CharField(
        max_length=300, blank=True, help_text=_("How its text begins; kept of what is held")
    )
    header_id = models.CharField(max_length=998, blank=True, db_collation="C")

    # What it became
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="mails")
    message = models.OneToOneField(Message, models.PROTECT, null=True, blank=True, related_name="mail")
    audience = models.CharField(max_length=8, blank=True)

    class Meta:
        verbose_name = _("received mail")
        verbose_name_plural = _("received mails")
        ordering = ("received_at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "content_hash"], name="mail_once", nulls_distinct=False
            )
        ]
        indexes = [
            models.Index(
                fields=["next_try_at", "id"],
                condition=models.Q(state="received"),
                name="mail_to_process",
            ),
            models.Index(fields=["case", "id"], condition=models.Q(state="held"), name="mail_held_on_case"),
            models.Index(fields=["organisation", "sender", "-received_at"], name="mail_of_sender"),
            models.Index(fields=["organisation", "-received_at", "-id"], name="mail_latest"),
            models.Index(
                fields=["organisation", "state", "-received_at", "-id"], name="mail_latest_of_state"
            ),
            models.Index(fields=["mailbox", "-received_at", "-id"], name="mail_latest_of_mailbox"),
        ]

    def __str__(self) -> str:
        return f"mail {self.pk} from {self.sender or 'unknown'}"

    @property
    def reason(self) -> str:
        """Why it is held, ignored or rejected, or what was mended, in the reader's language."""
        return Why(self.why).told(self.detail) if self.why else self.detail
