"""Organisations, and the partnerships between them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from caseway.accounts.policy import Policy


class Organisation(models.Model):
    """A tenant: a shipper or a carrier, signing in or taking part by e-mail alone."""

    class Kind(models.TextChoices):
        SHIPPER = "shipper", _("Shipper")
        CARRIER = "carrier", _("Carrier")

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=8, choices=Kind)
    signs_in = models.BooleanField(
        default=True, help_text=_("Off: the organisation takes part by e-mail alone")
    )
    language = models.CharField(max_length=12, default="en")
    time_zone = models.CharField(max_length=64, default="UTC")
    stored_policy = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    @property
    def policy(self) -> Policy:
        """The organisation's choices, defaults filled in."""
        return Policy.from_stored(self.stored_policy)


class Partnership(models.Model):
    """A shipper and a carrier that may share cases.

    The addresses of a side get its messages wherever that side has no owner on a case.
    """

    shipper = models.ForeignKey(Organisation, models.PROTECT, related_name="partnerships_as_shipper")
    carrier = models.ForeignKey(Organisation, models.PROTECT, related_name="partnerships_as_carrier")
    shipper_addresses = ArrayField(models.EmailField(), default=list, blank=True)
    carrier_addresses = ArrayField(models.EmailField(), default=list, blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("partnership")
        verbose_name_plural = _("partnerships")
        constraints = [
            models.UniqueConstraint(fields=["shipper", "carrier"], name="partnership_pair"),
            models.CheckConstraint(
                condition=~models.Q(shipper=models.F("carrier")), name="partnership_of_two"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.shipper} – {self.carrier}"

    def partner_of(self, organisation_id: int) -> Organisation:
        """The other organisation of the two."""
        return self.carrier if organisation_id == self.shipper_id else self.shipper

    def addresses_of(self, organisation_id: int) -> list[str]:
        """The collaborator addresses of that side."""
        return self.shipper_addresses if organisation_id == self.shipper_id else self.carrier_addresses
