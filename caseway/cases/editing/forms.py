"""One field of a case at a time, as it is changed in place."""

from collections.abc import Callable, Mapping
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

    def note_present(self) -> None:
        """Remember what is stored now, so that saving once more replaces it knowingly."""
        self.data = {**{key: self.data[key] for key in self.data}, "before": text_of(self.side, self.name)}


NULLABLE = frozenset({"category", "priority", "contact_method", "deadline", "contact", "shipment"})


def text_of(side: Side, name: str) -> str:
    """What is stored, as text to compare and to show."""
    match name:
        case "tags":
            return ", ".join(side.tags)
        case "deadline":
            return side.deadline.isoformat(timespec="minutes") if side.deadline else ""
        case "category" | "priority" | "contact_method":
            return str(getattr(side, f"{name}_id") or "")
        case "contact" | "shipment":
            return str(getattr(side.case, f"{name}_id") or "")
        case _:
            return str(getattr(side, name))


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
