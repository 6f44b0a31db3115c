"""Where the mails of a mailbox are fetched from, how far they are read, and how it goes."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from caseway.core.clock import now

from .mailbox import Mailbox
from .server import ServerAccount
from .trouble import Trouble


class ImapAccount(ServerAccount):
    """A folder at an IMAP server whose mails are a mailbox's.

    `last_uid` of `uid_validity` is the last mail that was looked at. Those up to `old_until` were
    there when counting began: some of them are read only. What is to be tried once more is in
    `waiting`, with the tries that failed. `begun_uid` is the mail that is being read, `begun_times`
    how often that was begun. What could not be read after several tries is in `left_uids`: it
    stays in its folder, and is not tried again.
    """

    class Afterwards(models.TextChoices):
        SEEN = "seen", _("Mark it as read")
        MOVE = "move", _("Move it to another folder")
        DELETE = "delete", _("Delete it")

    mailbox = models.OneToOneField(Mailbox, models.CASCADE, related_name="imap")
    folder = models.CharField(max_length=250, default="INBOX")
    afterwards = models.CharField(max_length=6, choices=Afterwards, default=Afterwards.SEEN)
    target = models.CharField(max_length=250, blank=True, help_text=_("The folder to move to"))

    # How far it is read
    uid_validity = models.BigIntegerField(null=True, blank=True)
    last_uid = models.BigIntegerField(default=0)
    old_until = models.BigIntegerField(default=0)
    begun_uid = models.BigIntegerField(default=0)
    begun_times = models.PositiveSmallIntegerField(default=0)
    waiting = models.JSONField(default=dict, blank=True)
    left_uids = ArrayField(models.BigIntegerField(), default=list, blank=True)

    # Who reads it: one process at a time, for as long as it renews its claim
    reader = models.UUIDField(null=True, blank=True)
    reader_seen_at = models.DateTimeField(null=True, blank=True)

    # How it goes
    last_read_at = models.DateTimeField(null=True, blank=True)
    last_mail_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField(default=now)
    trouble = models.CharField(max_length=14, choices=Trouble, blank=True, default="")
    trouble_detail = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("IMAP account")
        verbose_name_plural = _("IMAP accounts")

    def __str__(self) -> str:
        return f"{self.user or self.mailbox_id} at {self.host}"

    @property
    def trouble_words(self) -> str:
        """What is wrong, for a person; empty where all is well."""
        return Trouble(self.trouble).told(self.trouble_detail) if self.trouble else ""
