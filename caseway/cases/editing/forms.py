"""One field of a case at a time, as it is changed in place."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from caseway.accounts.viewer import Viewer
from caseway.cases.creation.choices import categories_for, methods_for, priorities_for
from caseway.cases.desk import OperationForm
from caseway.cases.models import Side
from caseway.cases.types import CaseType
from caseway.core.errors import NotFound
from caseway.core.text import excerpt
from caseway.core.ui.times import exact

from .values import text_of

MOMENT = "%Y-%m-%dT%H:%M"


class FieldForm(OperationForm):
    """The value of one field, beside what it was when the form was made (`before`)."""

    before = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)

    def __init__(self, name: str, *args: Any, **kwargs: Any) -> None:
        side: Side = kwargs["side"]
        if name not in CONTROLS:
            raise NotFound
        super().__init__(
            *args, initial={name: initial_of(side, name), "before": text_of(side, name)}, **kwargs
        )
        self.name = name
        self.fields[name] = CONTROLS[name](self.viewer)

    @property
    def control(self) -> forms.BoundField:
        """The one field."""
        return self[self.name]

    def change(self) -> Any:
        """The value, as the action takes it."""
        value = self.cleaned_data[self.name]
        if self.name == "tags":
            return [tag for tag in value.split(",") if tag.strip()]
        return value or None if self.name in NULLABLE else value

    def note_present(self, stored: str) -> None:
        """Remember what is `stored` now, so that saving once more replaces it knowingly."""
        self.data = {**{key: self.data[key] for key in self.data}, "before": stored}

    def in_words(self, text: str) -> str:
        """A value (as `text_of` gives it) as its reader knows it, "" where it is known by an id alone."""
        if self.name in KNOWN_BY_ID:
            return ""
        if self.name == "deadline" and text:
            return exact(datetime.fromisoformat(text))
        choices = getattr(self.fields[self.name], "choices", ())
        words = {str(key): str(label) for key, label in choices if key}
        return excerpt(words.get(text, text), 200) or _("none")


KNOWN_BY_ID = frozenset({"contact", "shipment"})
NULLABLE = frozenset({"category", "priority", "contact_method", "deadline", "contact", "shipment"})


def initial_of(side: Side, name: str) -> Any:
    """What stands in the control at first."""
    if name == "deadline":
        return localtime(side.deadline).strftime(MOMENT) if side.deadline else ""
    return text_of(side, name)


def _choice(label: str, choices: list[Any], *, empty: bool = True) -> forms.Field:
    return forms.ChoiceField(
        label=label, required=not empty, choices=[("", _("None")), *choices] if empty else choices
    )


def _line(label: str, length: int) -> forms.Field:
    return forms.CharField(label=label, required=False, max_length=length)


def _moment(label: str) -> forms.Field:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)
    return forms.DateTimeField(label=label, required=False, widget=widget)


def _text(label: str) -> forms.Field:
    return forms.CharField(label=label, required=False, widget=forms.Textarea(attrs={"rows": 8}))


CONTROLS: Mapping[str, Callable[[Viewer], forms.Field]] = {
    "subject": lambda _viewer: _line(_("Subject"), 250),
    "description": lambda _viewer: _text(_("Description")),
    "type": lambda _viewer: _choice(_("Type"), list(CaseType.choices), empty=False),
    "category": lambda viewer: _choice(_("Category"), categories_for(viewer)),
    "priority": lambda viewer: _choice(_("Priority"), priorities_for(viewer)),
    "contact_method": lambda viewer: _choice(_("Contact method"), methods_for(viewer)),
    "deadline": lambda _viewer: _moment(_("Deadline")),
    "crm_number": lambda _viewer: _line(_("CRM number"), 60),
    "tags": lambda _viewer: _line(_("Tags, with commas between"), 900),
    "shipment": lambda _viewer: _line(_("Shipment"), 60),
    "contact": lambda _viewer: _line(_("Contact"), 20),
}
