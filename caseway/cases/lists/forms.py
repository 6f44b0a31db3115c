"""The desk's form of a row, made from its list's declaration. The rules are the action's."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from caseway.accounts.viewer import Viewer
from caseway.core.http.forms import ActionForm

from .actions import Written
from .kinds import ListKind
from .queries import names_of, state_of, version_of

NAME = "name-"


class RowForm(ActionForm):
    """A name in each language, the list's own fields, and the version that was read."""

    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, kind: ListKind, viewer: Viewer, row: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.row = kind, row
        self.languages = _languages(viewer) if kind.by_language else [("", "")]
        for code, _name in self.languages:
            self.fields[NAME + code] = forms.CharField(required=False, max_length=kind.longest)
        for one in kind.fields:
            control = one.control(viewer)
            control.label, control.help_text = str(one.label), str(one.hint)
            control.disabled = bool(row) and one.lasting
            self.fields[one.name] = control

    @property
    def written(self) -> Written:
        """What was entered, once the form is valid."""
        given = self.cleaned_data
        fallback = get_language() or "en"
        names = {code or fallback: given[NAME + code] for code, _name in self.languages}
        asked = [one.name for one in self.kind.fields if not self.fields[one.name].disabled]
        return Written(names=names, values={name: given[name] for name in asked})

    @property
    def first_name(self) -> forms.BoundField:
        """The name in the organisation's own language."""
        return self[NAME + self.languages[0][0]]

    @property
    def other_names(self) -> list[tuple[str, forms.BoundField]]:
        """The names in the other languages."""
        return [(name, self[NAME + code]) for code, name in self.languages[1:]]

    @property
    def own_fields(self) -> list[forms.BoundField]:
        """The fields of this list."""
        return [self[one.name] for one in self.kind.fields]

    def field_of(self, name: str) -> str:
        """The field that shows what is wrong with the action's `name`."""
        return NAME + self.languages[0][0] if name == "name" else name


def initial_of(kind: ListKind, row: Any) -> dict[str, Any]:
    """What is stored, as the form's first values."""
    names = names_of(kind, row)
    shown = {NAME + code: text for code, text in names.items()} if kind.by_language else {NAME: row.name}
    return state_of(kind, row) | shown | {"version": version_of(kind, row)}


def _languages(viewer: Viewer) -> list[tuple[str, str]]:
    """All languages of Caseway, the organisation's own first."""
    own = viewer.organisation.language if viewer.organisation else "en"
    return sorted(((code, _(name)) for code, name in settings.LANGUAGES), key=lambda one: one[0] != own)
