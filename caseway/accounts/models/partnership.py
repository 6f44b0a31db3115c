"""Partnerships, and the invitations that make a partner by e-mail one who signs in."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from caseway.core.clock import now

from .organisation import Organisation
from .person import Person


class Partnership(models.Model):
    """A shipper and a carrier that may share cases.

    The addresses of a side get its messages wherever that side has no owner on a case. `waits_for`
    was asked and has not accepted yet; `paused_by` alone lets it go on again; what has ended begins
    anew by being asked for. None of these is active.
    """

    class Standing(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        ACTIVE = "active", _("Active")
        PAUSED = "paused", _("Paused")
        ENDED = "ended", _("Ended")

    shipper = models.ForeignKey(Organisation, models.PROTECT, related_name="partnerships_as_shipper")
    carrier = models.ForeignKey(Organisation, models.PROTECT, related_name="partnerships_as_carrier")
    shipper_addresses = ArrayField(models.EmailField(), default=list, blank=True)
    carrier_addresses = ArrayField(models.EmailField(), default=list, blank=True)
    is_active = models.BooleanField(default=True)
    waits_for = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    paused_by = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("partnership")
        verbose_name_plural = _("partnerships")
        constraints = [
            models.UniqueConstraint(fields=["shipper", "carrier"], name="partnership_pair"),
            models.CheckConstraint(
                condition=~models.Q(shipper=models.F("carrier")), name="partnership_of_two"
            ),
            models.CheckConstraint(
                condition=models.Q(is_active=False) | models.Q(waits_for=None, paused_by=None),
                name="partnership_active_or_not",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.shipper} – {self.carrier}"

    @property
    def standing(self) -> Standing:
        """Where it stands between the two."""
        if self.is_active:
            return self.Standing.ACTIVE
        if self.waits_for_id is not None:
            return self.Standing.PROPOSED
        return self.Standing.PAUSED if self.paused_by_id is not None else self.Standing.ENDED

    def partner_of(self, organisation_id: int) -> Organisation:
        """The other organisation of the two."""
        return self.carrier if organisation_id == self.shipper_id else self.shipper

    def addresses_of(self, organisation_id: int) -> list[str]:
        """The collaborator addresses of that side."""
        return self.shipper_addresses if organisation_id == self.shipper_id else self.carrier_addresses

    def set_addresses_of(self, organisation_id: int, addresses: list[str]) -> None:
        """Let that side have these addresses; not stored yet."""
        if organisation_id == self.shipper_id:
            self.shipper_addresses = addresses
        else:
            self.carrier_addresses = addresses


class PartnerInvitation(models.Model):
    """A link by which somebody takes the desk of a partner that took part by e-mail alone.

    Good once, until `expires_at`; `key_digest` is all that is kept of its secret.
    """

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="invitations")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    """Whose desk it opens: the partner's."""
    email = models.EmailField(db_collation="C")
    name = models.CharField(max_length=120)
    invited_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    key_digest = models.CharField(max_length=64, unique=True, db_collation="C")
    sent_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    """Accepted, taken back, or overtaken by somebody who came first."""

    class Meta:
        verbose_name = _("partner's invitation")
        verbose_name_plural = _("partners' invitations")
        ordering = ("-sent_at",)
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "email"],
                condition=models.Q(ended_at=None),
                name="partner_invitation_open_once",
            )
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def is_open(self) -> bool:
        """Whether its link still lets somebody in."""
        return self.ended_at is None and self.expires_at > now() and not self.organisation.signs_in
