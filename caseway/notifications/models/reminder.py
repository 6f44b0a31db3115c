"""Reminders of deadlines: the organisation's rules, and what was sent by them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from caseway.accounts.models import Organisation
from caseway.cases.models import Side
from caseway.core.clock import now

LONGEST_NAME = 80
LONGEST_TEXT = 2_000
LONGEST_SMS = 400


class ReminderRule(models.Model):
    """When whom to remind of a deadline of their side, and with which words.

    `minutes` is how long before the deadline (about to expire), or how long after it (overdue).
    `since` is when the rule was last switched on or its moment changed: a deadline that was passed
    by its moment before then is nobody's news. `text` is the mail's, `sms_text` the SMS's; whom no SMS
    reaches is mailed in any event.
    """

    class Moment(models.TextChoices):
        BEFORE = "before", _("About to expire")
        AFTER = "after", _("Overdue")

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    name = models.CharField(max_length=LONGEST_NAME)
    moment = models.CharField(max_length=6, choices=Moment)
    minutes = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    by_mail = models.BooleanField(default=True)
    by_sms = models.BooleanField(default=False)
    sms_text = models.TextField(blank=True)
    to_owner = models.BooleanField(default=True)
    to_watchers = models.BooleanField(default=False)
    to_lead = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    since = models.DateTimeField(default=now)

    class Meta:
        ordering = ("name",)
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="reminder_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def ways_shown(self) -> str:
        """How it goes, in words."""
        ways = ((self.by_mail, _("E-mail")), (self.by_sms, _("SMS")))
        return ", ".join(str(words) for is_on, words in ways if is_on)


class Reminded(models.Model):
    """That a rule reminded of this deadline of this side: once, whatever stops in between.

    Another deadline is another row.
    """

    rule = models.ForeignKey(ReminderRule, models.CASCADE, related_name="+")
    side = models.ForeignKey(Side, models.CASCADE, related_name="+")
    deadline = models.DateTimeField()
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["side", "rule", "deadline"], name="reminded_once")]

    def __str__(self) -> str:
        return f"{self.rule_id} of {self.side_id}"
