"""The desk's forms of a seat. The rules are the actions'."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from caseway.accounts.models import Membership, Role, Team
from caseway.accounts.viewer import Viewer
from caseway.core.http.forms import ActionForm

from .actions import Place
from .inviting import Invitee
from .queries import state_of, version_of


class SeatForm(ActionForm):
    """Somebody's role and teams. Roles that may more than the viewer are not offered."""

    role = forms.TypedChoiceField(coerce=int)
    teams = forms.TypedMultipleChoiceField(
        coerce=int, required=False, widget=forms.CheckboxSelectMultiple(attrs={"class": "checkbox"})
    )
    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, viewer: Viewer, seat: Membership | None = None) -> None:
        initial = state_of(seat) | {"version": version_of(seat)} if seat else {}
        super().__init__(data, initial=initial)
        self.seat = seat
        roles = Role.objects.filter(organisation=viewer.us).order_by("name")
        fitting = [one for one in roles if set(one.permissions) <= viewer.permissions or _has(seat, one)]
        teams = Team.objects.filter(organisation=viewer.us).order_by("name")
        self.fields["role"] = forms.TypedChoiceField(
            coerce=int, choices=[(one.pk, one.name) for one in fitting], label=_("Role")
        )
        offered = [(one.pk, one.name) for one in teams if one.is_active or _is_in(seat, one)]
        self.fields["teams"].choices = offered  # type: ignore[attr-defined]
        self.fields["teams"].label = _("Teams")

    @property
    def place(self) -> Place:
        """What was chosen, once the form is valid."""
        return Place(role=self.cleaned_data["role"], teams=self.cleaned_data["teams"])


class InviteForm(SeatForm):
    """Whom to invite, and where they will sit."""

    name = forms.CharField(required=False, max_length=120)
    email = forms.CharField(required=False, max_length=254)
    field_order = ("name", "email", "role", "teams")

    @property
    def invitee(self) -> Invitee:
        """What was entered, once the form is valid."""
        given = self.cleaned_data
        return Invitee(given["name"], given["email"], self.place)


def _has(seat: Membership | None, role: Role) -> bool:
    return seat is not None and seat.role_id == role.pk


def _is_in(seat: Membership | None, team: Team) -> bool:
    return seat is not None and team in seat.teams.all()
