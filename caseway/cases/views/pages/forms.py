"""The desk's form of a saved view. The rules are the action's: it names the fields that are wrong."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from caseway.accounts.viewer import Viewer
from caseway.cases.models import SavedView
from caseway.cases.models.saved_view import LONGEST_NAME
from caseway.cases.views.saving.queries import OWN, TEAM, teams_to_share_with
from caseway.core.http.forms import ActionForm


class SavedViewForm(ActionForm):
    """Name, for whom, and whether the desk begins with it."""

    name = forms.CharField(required=False)
    scope = forms.ChoiceField()
    opens_desk = forms.BooleanField(required=False)
    version = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(data, auto_id="view-%s", **kwargs)
        self.fields["name"].widget.attrs |= {"maxlength": LONGEST_NAME, "autofocus": True}
        teams = [(f"{TEAM}:{team.pk}", team.name) for team in teams_to_share_with(viewer)]
        self.fields["scope"].choices = [(OWN, _("Only me")), *teams]  # type: ignore[attr-defined]

    @property
    def owner(self) -> dict[str, Any]:
        """For whom it is, in the action's words, once the form is valid."""
        scope, _colon, team = self.cleaned_data["scope"].partition(":")
        return {"scope": scope, "team": int(team) if team else None}

    def field_of(self, name: str) -> str:
        """The field that shows what is wrong with the action's `name`."""
        return "scope" if name == "team" else name


def initial_of(saved: SavedView, *, opens_desk: bool) -> dict[str, Any]:
    """What is stored, as the form's first values."""
    scope = f"{TEAM}:{saved.team_id}" if saved.team_id else OWN
    return {"name": saved.name, "scope": scope, "opens_desk": opens_desk, "version": saved.version}
