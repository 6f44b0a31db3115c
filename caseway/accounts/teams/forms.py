"""The desk's form of a team. The rules are the action's."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext as _

from caseway.accounts.models import Team
from caseway.accounts.viewer import Viewer
from caseway.core.http.forms import ActionForm

from .actions import LONGEST_NAME, Written
from .queries import brands_for, seats_for, state_of, version_of


class TeamForm(ActionForm):
    """A team's name, time zone, lead, members, and the brands that it serves."""

    name = forms.CharField(required=False, max_length=LONGEST_NAME)
    time_zone = forms.ChoiceField(required=False)
    lead = forms.TypedChoiceField(coerce=int, required=False, empty_value=None)
    members = forms.TypedMultipleChoiceField(
        coerce=int, required=False, widget=forms.CheckboxSelectMultiple(attrs={"class": "checkbox"})
    )
    brands = forms.TypedMultipleChoiceField(
        coerce=int, required=False, widget=forms.CheckboxSelectMultiple(attrs={"class": "checkbox"})
    )
    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, viewer: Viewer, team: Team | None = None) -> None:
        initial = state_of(team) | {"version": version_of(team)} if team else {}
        super().__init__(data, initial=initial)
        self.team = team
        seats = [(seat.pk, seat.shown_name) for seat in seats_for(viewer)]
        own = viewer.organisation.time_zone if viewer.organisation else "UTC"
        zones = [(name, name) for name in sorted(available_timezones())]
        self._choose("time_zone", [("", _("That of the organisation (%(zone)s)") % {"zone": own}), *zones])
        self._choose("lead", [("", _("Nobody")), *seats])
        self._choose("members", seats)
        self._choose("brands", [(brand.pk, brand.name) for brand in brands_for(viewer)])

    def _choose(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = choices

    @property
    def written(self) -> Written:
        """What was entered, once the form is valid."""
        given = self.cleaned_data
        return Written(**{key: given[key] for key in ("name", "time_zone", "lead", "members", "brands")})
