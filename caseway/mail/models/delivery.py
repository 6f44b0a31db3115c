"""The outbox: one row per recipient, written in the transaction of its cause."""

from datetime import datetime, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from caseway.accounts.models import Organisation
from caseway.cases.models import Case, Message, Participant
from caseway.cases.types import Audience
from caseway.core.clock import now

from .mailbox import Mailbox

LATE = timedelta(minutes=15)
"""A mail that is on its way for longer than this is worth a word."""


class Delivery(models.Model):
    """One mail to one recipient; everything that it will say is fixed when it is written.

    `claim` and `claimed_at` belong to the worker that is sending it. A claim that is not renewed
    for `outbox.claims.LEASE` is free again.
    """

    class State(models.TextChoices):
        DUE = "due", _("Waiting to be sent")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Failed")
        BOUNCED = "bounced", _("Undeliverable")

    class Purpose(models.TextChoices):
        CREATED = "created", _("Confirmation of a case")
        ANSWER = "answer", _("Answer to the customer")
        SOLVED = "solved", _("News of a solved case")
        PARTNER = "partner", _("Message to a partner")
        OWNER = "owner", _("Notice to a case owner")
        NOTICE = "notice", _("Notice to an agent")
        DIGEST = "digest", _("Daily digest of an agent")
        REMINDER = "reminder", _("Reminder of a deadline")
        ACCOUNT = "account", _("Account and password")

    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    purpose = models.CharField(max_length=8, choices=Purpose)
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="deliveries")
    message = models.ForeignKey(Message, models.PROTECT, null=True, blank=True, related_name="deliveries")
    audience = models.CharField(max_length=8, choices=Audience, blank=True)
    participant = models.ForeignKey(Participant, models.SET_NULL, null=True, blank=True, related_name="+")
    mailbox = models.ForeignKey(
        Mailbox, models.PROTECT, null=True, blank=True, related_name="+", help_text=_("Where replies go")
    )

    # The mail
    address = models.CharField(max_length=254, db_collation="C")
    name = models.CharField(max_length=160, blank=True)
    sender_address = models.CharField(max_length=254)
    sender_name = models.CharField(max_length=200, blank=True)
    header_id = models.CharField(max_length=250, unique=True, db_collation="C")
    references = ArrayField(models.CharField(max_length=998), default=list, blank=True)
    subject = models.CharField(max_length=250)
    text = models.TextField()
    html = models.TextField(blank=True)
    is_automatic = models.BooleanField(default=True)
    with_files = models.BooleanField(default=False)
    stop_link = models.CharField(
        max_length=500, blank=True, help_text=_("Where its reader gets no more of these")
    )
    written_at = models.DateTimeField(default=now)

    # Its way
    state = models.CharField(max_length=8, choices=State, default=State.DUE)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(default=now)
    claim = models.UUIDField(null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When its provider says that it arrived")
    )
    sent_via = models.CharField(
        max_length=253, blank=True, help_text=_("The relay, or “outbox” where none is set")
    )
    last_error = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ("pk",)
        indexes = [
            models.Index(fields=["id"], condition=models.Q(state="due"), name="delivery_due"),
            models.Index(
                fields=["case", "address", "id"],
                condition=models.Q(state__in=["due", "sending"]),
                name="delivery_unsent_of_thread",
            ),
            models.Index(fields=["claimed_at"], condition=models.Q(state="sending"), name="delivery_claimed"),
            models.Index(fields=["organisation", "address", "-written_at"], name="delivery_to_address"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} to {self.address}"

    @property
    def house(self) -> Organisation | None:
        """The other side of the case, where it has a desk of its own: its addresses are its own affair,
        and what their servers say as well; the organisation that had the mail sent knows its name alone.
        """
        house = self.participant.organisation if self.participant else None
        return house if house and house.signs_in and house.pk != self.organisation_id else None

    @property
    def shown_address(self) -> str:
        """Where it goes, as far as whoever had it sent may know."""
        return self.house.name if self.house else self.address

    @property
    def shown_error(self) -> str:
        """What kept it from arriving, as far as whoever had it sent may know."""
        return "" if self.house else self.last_error

    @property
    def shown_delivered_at(self) -> datetime | None:
        """When its provider says that it arrived, as far as whoever had it sent may know."""
        return None if self.house else self.delivered_at

    @property
    def is_in_trouble(self) -> bool:
        """Whether it didn't arrive, or is tried again and again, or on its way for too long."""
        if self.state in (self.State.FAILED, self.State.BOUNCED):
            return True
        is_late = now() - self.written_at > LATE
        return self.state != self.State.SENT and (is_late or bool(self.last_error))
