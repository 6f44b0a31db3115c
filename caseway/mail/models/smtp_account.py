"""The server by which mails of one mailbox leave, where that isn't the installation's own."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .mailbox import Mailbox
from .server import ServerAccount


class SmtpAccount(ServerAccount):
    """Mails whose sender is this mailbox's address leave by this server, and by no other."""

    mailbox = models.OneToOneField(Mailbox, models.CASCADE, related_name="smtp")

    class Meta:
        verbose_name = _("SMTP account")
        verbose_name_plural = _("SMTP accounts")

    def __str__(self) -> str:
        return f"{self.user or self.mailbox_id} at {self.host}"
