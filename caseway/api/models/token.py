"""API tokens. The secret itself is shown once and never stored."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from caseway.accounts.models import Organisation, Person
from caseway.api.tokens.scopes import Scope
from caseway.core.clock import now


class Token(models.Model):
    """Lets a program act as one person in one seat: at an organisation's desk or in its portal.

    `handle` finds the row and may be shown; `digest` is the SHA-256 of the secret. The token dies
    when it is revoked, when its person is disabled or signed out everywhere (`session_epoch`),
    and sleeps while they have no seat at the organisation.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="tokens")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    name = models.CharField(max_length=80, blank=True)
    handle = models.CharField(max_length=16, unique=True, db_collation="C")
    digest = models.CharField(max_length=64, db_collation="C")
    scopes = ArrayField(models.CharField(max_length=20, choices=Scope), default=list, blank=True)
    session_epoch = models.PositiveIntegerField(editable=False)
    created_at = models.DateTimeField(default=now)
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    class Meta:
        verbose_name = _("token")
        verbose_name_plural = _("tokens")
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return self.name or f"cw_{self.handle}…"
