"""The addresses at which an organisation takes mail."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from caseway.accounts.models import Brand, Organisation


class Mailbox(models.Model):
    """A case address: a mail to it makes a case, a reply to a signed form of it lands on its case."""

    class Use(models.TextChoices):
        CASES = "cases", _("Makes cases, takes replies")
        REPLIES = "replies", _("Takes replies only; other mail is held")

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="mailboxes")
    address = models.EmailField(unique=True, db_collation="C")
    brand = models.ForeignKey(Brand, models.SET_NULL, null=True, blank=True, related_name="+")
    use = models.CharField(max_length=8, choices=Use, default=Use.CASES)
    trusted_server = models.CharField(
        max_length=253,
        blank=True,
        help_text=_(
            "The name that the mail server in front writes into Authentication-Results; "
            "empty: the one of the settings"
        ),
    )
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("mailbox")
        verbose_name_plural = _("mailboxes")
        ordering = ("address",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(address=models.functions.Lower("address")), name="mailbox_lower"
            )
        ]

    def __str__(self) -> str:
        return self.address
