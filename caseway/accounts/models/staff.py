"""Who works in an organisation: roles, teams and memberships."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from caseway.accounts.permissions import Permission

from .brand import Brand
from .organisation import Organisation
from .person import Person


class Role(models.Model):
    """A named set of permissions of one organisation."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="roles")
    name = models.CharField(max_length=80)
    permissions = ArrayField(models.CharField(max_length=40, choices=Permission), default=list, blank=True)
    needs_second_factor = models.BooleanField(
        default=False, help_text=_("Its people come to the desk with a second factor only")
    )

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ("name",)
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="role_name")]

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """People of one organisation who share a queue."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="teams")
    name = models.CharField(max_length=80)
    time_zone = models.CharField(max_length=64, blank=True)
    lead = models.ForeignKey("Membership", models.SET_NULL, null=True, blank=True, related_name="+")
    is_active = models.BooleanField(default=True, help_text=_("Off: no case is given to it any more"))
    brands = models.ManyToManyField(
        Brand, related_name="teams", blank=True, help_text=_("Whose cases its people see by policy")
    )

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        ordering = ("name",)
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="team_name")]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A person's seat at the desk of an organisation.

    `invited_name` is what the inviting colleague called somebody who has not accepted yet: the seat
    is not active until they do, and their own name, or that they sign in elsewhere, stays unknown.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    role = models.ForeignKey(Role, models.PROTECT, related_name="memberships")
    teams = models.ManyToManyField(Team, related_name="members", blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    invited_name = models.CharField(max_length=120, blank=True)
    invited_at = models.DateTimeField(null=True, blank=True)
    told_as_owner = models.BooleanField(
        default=True, help_text=_("Mailed what customers and partners write on cases they own")
    )
    sends_with = models.JSONField(default=dict, blank=True, editable=False)
    """By audience, the status that the person last chose with a message."""

    class Meta:
        verbose_name = _("seat at a desk")
        verbose_name_plural = _("seats at desks")
        constraints = [models.UniqueConstraint(fields=["organisation", "person"], name="membership_once")]

    def __str__(self) -> str:
        return f"{self.person}, {self.organisation}"

    @property
    def is_waiting(self) -> bool:
        """Whether somebody was invited to it and has not accepted yet."""
        return bool(self.invited_name) and not self.is_active

    @property
    def shown_name(self) -> str:
        """How colleagues read the name."""
        return self.invited_name or str(self.person)
