"""What we know about addresses that mail can't reach."""

from django.db import models

from caseway.accounts.models import Organisation
from caseway.core.clock import now


class AddressState(models.Model):
    """An address that bounced, as one organisation has experienced it. A mail from it clears it.

    `is_permanent`: nothing more is sent there. `soft_bounces` counts mails that came back for a reason
    that may pass, such as a full mailbox.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    # The partner with a desk of its own that is mailed there: its name is shown instead.
    house = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="+", db_index=False
    )
    address = models.CharField(max_length=254, db_collation="C")
    is_permanent = models.BooleanField()
    soft_bounces = models.PositiveSmallIntegerField(default=0)
    status = models.CharField(max_length=20, blank=True)
    diagnostic = models.CharField(max_length=500, blank=True)
    bounced_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "address"], name="address_state_once")]
        indexes = [
            models.Index(fields=["organisation", "-bounced_at", "-id"], name="address_state_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.address} is undeliverable"

    @property
    def shown_address(self) -> str:
        """The address, as far as the organisation may know it."""
        return self.house.name if self.house else self.address

    @property
    def shown_diagnostic(self) -> str:
        """What its server said, as far as the organisation may know it."""
        return "" if self.house else self.diagnostic
