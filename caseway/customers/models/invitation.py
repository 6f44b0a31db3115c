"""A link that lets somebody into the portal as a contact of one customer account."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from caseway.accounts.models import Brand, Organisation, Person
from caseway.core.clock import now
from caseway.customers.queries import InvitationQuerySet

from .account import Contact, CustomerAccount


class Invitation(models.Model):
    """Good once, until `expires_at`. `key_digest` is all that is kept of the link's secret.

    `invited_by` is None where the person asked themselves, from an address of an allowed domain.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    account = models.ForeignKey(CustomerAccount, models.CASCADE, related_name="invitations")
    brand = models.ForeignKey(Brand, models.SET_NULL, null=True, related_name="+")
    email = models.EmailField(db_collation="C")
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=12, blank=True)
    administers_account = models.BooleanField(default=False)
    invited_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    key_digest = models.CharField(max_length=64, unique=True, db_collation="C")
    sent_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    contact = models.ForeignKey(Contact, models.SET_NULL, null=True, related_name="+")

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ("-sent_at",)
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "account", "email"],
                condition=models.Q(revoked_at=None, accepted_at=None),
                name="invitation_open_once",
            )
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def is_open(self) -> bool:
        """Whether its link still lets somebody in."""
        return self.revoked_at is None and self.accepted_at is None and self.expires_at > now()
