"""SMS on their way: one row per recipient, written in the transaction of its cause."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from caseway.accounts.models import Organisation, Person
from caseway.cases.models import Case
from caseway.core.clock import now


class Trouble(models.TextChoices):
    """Why an SMS did not arrive, in words for the people who wait for it."""

    NUMBER = "number", _("The number takes no SMS")
    STOPPED = "stopped", _("The phone has blocked our SMS")
    UNREACHED = "unreached", _("The phone could not be reached")
    REMOVED = "removed", _("The number was changed meanwhile")
    LATE = "late", _("It could not be sent for a day")
    REFUSED = "refused", _("The SMS provider refused it")


class Sms(models.Model):
    """One SMS to one person; what it says is fixed when it is written.

    `claim` and `claimed_at` belong to the worker that is sending it. `in_doubt`: a try ended without
    an answer, so that the provider may have it; it is asked before the next try.
    """

    class State(models.TextChoices):
        DUE = "due", _("Waiting to be sent")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        DELIVERED = "delivered", _("Delivered")
        FAILED = "failed", _("Failed")

    class Purpose(models.TextChoices):
        REMINDER = "reminder", _("Reminder of a deadline")
        URGE = "urge", _("Urge to a case owner")

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    purpose = models.CharField(max_length=8, choices=Purpose)
    number = models.CharField(max_length=16, db_collation="C", help_text=_("In E.164"))
    text = models.TextField()
    written_at = models.DateTimeField(default=now)

    # Its way
    state = models.CharField(max_length=9, choices=State, default=State.DUE)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(default=now)
    in_doubt = models.BooleanField(default=False)
    claim = models.UUIDField(null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_via = models.CharField(max_length=253, blank=True)
    provider_id = models.CharField(max_length=64, blank=True, db_collation="C")
    trouble = models.CharField(max_length=9, choices=Trouble, blank=True)
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("SMS")
        verbose_name_plural = _("SMS")
        ordering = ("pk",)
        indexes = [
            models.Index(fields=["id"], condition=models.Q(state="due"), name="sms_due"),
            models.Index(fields=["claimed_at"], condition=models.Q(state="sending"), name="sms_claimed"),
            models.Index(fields=["next_try_at"], condition=models.Q(state="sent"), name="sms_unconfirmed"),
            models.Index(fields=["organisation", "-written_at"], name="sms_of_organisation"),
            models.Index(fields=["written_at"], name="sms_age"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["provider_id"], condition=~models.Q(provider_id=""), name="sms_of_provider"
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"
