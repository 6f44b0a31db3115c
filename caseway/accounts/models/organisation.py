"""Organisations: the tenants."""

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
