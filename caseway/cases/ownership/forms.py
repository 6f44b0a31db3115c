"""What the desk asks for when a case changes hands or level."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from caseway.accounts.models import Team
from caseway.cases.desk import OperationForm

from .actions import HIGHEST_LEVEL

LONGEST_NOTE = 4000


class NoteForm(OperationForm):
    """A note for the team, if there is anything to say."""

    note = forms.CharField(required=False, max_length=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].label = _("Note for the team")


class OwnerForm(NoteForm):
    """The colleague who is responsible from now on, by address."""

    owner = forms.CharField(required=False, max_length=254)

    @property
    def present(self) -> str:
        """The address of who owns it now, "" for nobody."""
        return self.side.owner.email if self.side.owner else ""

    def clean_owner(self) -> str:
        """The chosen address."""
        chosen: str = self.cleaned_data["owner"]
        if not chosen:
            raise forms.ValidationError(_("Choose a colleague."))
        if self.side.owner and chosen == self.present:
            raise forms.ValidationError(_("%(name)s owns it already.") % {"name": self.side.owner.name})
        return chosen


class TeamForm(NoteForm):
    """The team whose queue the case goes into."""

    team = forms.ModelChoiceField(Team.objects.none(), widget=forms.RadioSelect, empty_label=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        teams = Team.objects.filter(organisation=self.viewer.organisation_id, is_active=True)
        self.fields["team"] = forms.ModelChoiceField(
            teams,
            label=_("Team"),
            widget=forms.RadioSelect,
            empty_label=None,
            error_messages={"required": _("Choose a team.")},
        )


class LevelForm(NoteForm):
    """How far the case is upgraded, 0 to 3."""

    level = forms.TypedChoiceField(coerce=int, widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = [_("Not upgraded"), *(_("Level %(n)s") % {"n": n} for n in range(1, HIGHEST_LEVEL + 1))]
        self.fields["level"] = forms.TypedChoiceField(
            label=_("Level"),
            coerce=int,
            widget=forms.RadioSelect,
            choices=list(enumerate(words)),
            error_messages={"required": _("Choose a level.")},
        )
