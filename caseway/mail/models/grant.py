"""A permission to use a mailbox, given by its owner at the provider (OAuth 2, RFC 6749)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from caseway.core.sealing import seal, unseal

from .mailbox import Mailbox

ACCESS, REFRESH = "mail.grant.access", "mail.grant.refresh"


class Grant(models.Model):
    """The tokens of one mailbox, sealed. `ended_at` says since when the provider refuses them."""

    mailbox = models.OneToOneField(Mailbox, models.CASCADE, related_name="grant")
    provider = models.CharField(max_length=20)
    sealed_access = models.TextField(blank=True)
    sealed_refresh = models.TextField(blank=True)
    expires_at = models.DateTimeField()
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("permission for a mailbox")
        verbose_name_plural = _("permissions for mailboxes")

    def __str__(self) -> str:
        return f"{self.provider} for mailbox {self.mailbox_id}"

    @property
    def access_token(self) -> str:
        """What opens the mailbox until `expires_at`. Raises Unreadable after the secret key was lost."""
        return unseal(self.sealed_access, ACCESS)

    @access_token.setter
    def access_token(self, token: str) -> None:
        self.sealed_access = seal(token, ACCESS)

    @property
    def refresh_token(self) -> str:
        """What gets another access token. Raises Unreadable after the secret key was lost."""
        return unseal(self.sealed_refresh, REFRESH)

    @refresh_token.setter
    def refresh_token(self, token: str) -> None:
        self.sealed_refresh = seal(token, REFRESH)
