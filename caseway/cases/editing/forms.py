"""One field of a case at a time, as it is changed in place."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cached_property
from typing import Any

from django import forms
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from caseway.accounts.viewer import Viewer
from caseway.cases.creation.choices import categories_for, methods_for, priorities_for
from caseway.cases.desk import OperationForm
from caseway.cases.models import Side, Tag
from caseway.cases.types import CaseType
from caseway.core.errors import NotFound
from caseway.core.text import clean, excerpt
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

    @cached_property
    def known_tags(self) -> list[str]:
        """The words of our list that are offered for tags; none for any other field."""
        if self.name != "tags":
            return []
        ours = Tag.objects.filter(organisation=self.viewer.organisation_id, is_active=True)
        return list(ours.order_by("name").values_list("name", flat=True))

    def change(self) -> Any:
        """The value, as the action takes it."""
        return typed_value(self.name, self.cleaned_data[self.name])

    def note_present(self, stored: str) -> None:
        """Remember what is `stored` now, so that saving once more replaces it knowingly."""
        self.data = {**{key: self.data[key] for key in self.data}, "before": stored}

    def in_words(self, text: str) -> str:
        """A value (as `text_of` gives it) as its reader knows it, "" where it is known by an id alone."""
        return in_words(self.name, self.fields[self.name], text)


KNOWN_BY_ID = frozenset({"contact", "shipment"})
NULLABLE = frozenset({"category", "priority", "contact_method", "deadline", "contact", "shipment"})


def typed_value(name: str, cleaned: Any) -> Any:
    """What was entered into a field, as the action takes it."""
    if name == "tags":
        return [tag.strip() for tag in cleaned.split(",") if tag.strip()]
    if name in NULLABLE:
        return cleaned or None
    return clean(cleaned)


def is_as_before(value: Any, before: str) -> bool:
    """Whether a typed value says the same as `before`, what `text_of` gave of the field."""
    if isinstance(value, list):
        return ", ".join(value) == before
    if isinstance(value, datetime):
        return bool(before) and value == datetime.fromisoformat(before)
    return str(value or "").strip() == before.strip()


def in_words(name: str, field: forms.Field, text: str) -> str:
    """A field's value (as `text_of` gives it) as its reader knows it, "" where it is known by an id alone."""
    if name in KNOWN_BY_ID:
        return ""
    if name == "deadline" and text:
        return exact(datetime.fromisoformat(text))
    words: dict[str, str] = {}
    for key, label in getattr(field, "choices", ()):
        grouped = isinstance(label, (list, tuple))
        words |= {str(one): str(its) for one, its in (label if grouped else [(key, label)]) if one}
    return excerpt(words.get(text, text), 200) or _("none")


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
