"""The desk's form of a canned answer. The rules are the action's: it names the fields that are wrong."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from caseway.accounts.permissions import Permission
from caseway.accounts.viewer import Viewer
from caseway.cases.models import CannedAnswer
from caseway.cases.models.canned import LONGEST_BODY, LONGEST_TITLE
from caseway.core.http.forms import ActionForm

from .actions import ORGANISATION, OWN, TEAM, Wording, scope_of
from .queries import teams_to_write_for


class CannedAnswerForm(ActionForm):
    """Title, text, and for whom: as far as the writer may share."""

    title = forms.CharField(required=False)
    body = forms.CharField(required=False, strip=False, widget=forms.Textarea(attrs={"rows": 10}))
    scope = forms.ChoiceField()
    version = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].widget.attrs["maxlength"] = LONGEST_TITLE
        self.fields["body"].widget.attrs["maxlength"] = LONGEST_BODY
        choices = [(OWN, _("Only me"))]
        choices += [(f"{TEAM}:{team.pk}", team.name) for team in teams_to_write_for(viewer)]
        if viewer.has(Permission.SETTINGS):
            choices.append((ORGANISATION, _("Everyone at %(name)s") % {"name": viewer.organisation}))
        self.fields["scope"].choices = choices  # type: ignore[attr-defined]

    @property
    def wording(self) -> Wording:
        """What was entered, once the form is valid."""
        scope, _colon, team = self.cleaned_data["scope"].partition(":")
        title, body = self.cleaned_data["title"], self.cleaned_data["body"]
        return Wording(title=title, body=body, scope=scope, team=int(team) if team else None)

    def field_of(self, name: str) -> str:
        """The field that shows what is wrong with the action's `name`."""
        return "scope" if name == "team" else name


def initial_of(answer: CannedAnswer) -> dict[str, Any]:
    """What is stored, as the form's first values."""
    scope = f"{TEAM}:{answer.team_id}" if answer.team_id else scope_of(answer)
    return {"title": answer.title, "body": answer.body, "scope": scope, "version": answer.version}
