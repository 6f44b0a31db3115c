"""What we know about addresses that mail can't reach."""

from django.db import models

from caseway.accounts.models import Organisation
from caseway.core.clock import now


class AddressState(models.Model):
    """An address that bounced, as one organisation has experienced it. A mail from it clears it."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    address = models.CharField(max_length=254, db_collation="C")
    is_permanent = models.BooleanField()
    status = models.CharField(max_length=20, blank=True)
    diagnostic = models.CharField(max_length=500, blank=True)
    bounced_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "address"], name="address_state_once")]

    def __str__(self) -> str:
        return f"{self.address} is undeliverable"
