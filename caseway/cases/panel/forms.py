"""The forms of the panel's sections."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from caseway.cases.desk import OperationForm
from caseway.cases.editing.forms import CONTROLS, in_words, initial_of, is_as_before, typed_value
from caseway.cases.editing.values import text_of
from caseway.cases.models import NoteSubject
from caseway.core.text import clean

DETAILS = ("subject", "type", "priority", "deadline", "contact_method", "category", "tags", "description")


class NoteForm(OperationForm):
    """What a note is about, and its text."""

    subject = forms.ChoiceField(required=False)
    text = forms.CharField(widget=forms.Textarea(attrs={"rows": 5}))
    token = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = NoteSubject.objects.filter(organisation=self.viewer.organisation_id, is_active=True)
        choices = [("", _("No subject")), *((str(row.pk), row.label) for row in rows)]
        self.fields["subject"] = forms.ChoiceField(label=_("Subject"), required=False, choices=choices)
        self.fields["text"].label = _("Note")
        self.fields["text"].error_messages["required"] = _("Write something first.")


class DetailsForm(OperationForm):
    """The details of an open case, each beside what it was when the form was made (`before-…`)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        side = kwargs["side"]
        initial = {name: initial_of(side, name) for name in DETAILS}
        initial |= {f"before-{name}": text_of(side, name) for name in DETAILS}
        super().__init__(*args, initial=initial, **kwargs)
        for name in DETAILS:
            self.fields[name] = CONTROLS[name](self.viewer)
            self.fields[f"before-{name}"] = forms.CharField(
                required=False, widget=forms.HiddenInput, strip=False
            )

    @property
    def controls(self) -> list[forms.BoundField]:
        """The fields that are seen, in their order."""
        return [self[name] for name in DETAILS]

    @property
    def before(self) -> dict[str, str]:
        """What each field was when the form was made."""
        return {name: clean(self.cleaned_data[f"before-{name}"]) for name in DETAILS}

    def changes(self) -> dict[str, Any]:
        """The values that were changed here, as the action takes them."""
        typed = {name: typed_value(name, self.cleaned_data[name]) for name in DETAILS}
        return {name: typed[name] for name in DETAILS if not is_as_before(typed[name], self.before[name])}

    def note_present(self, stored: Mapping[str, str]) -> None:
        """Remember what is `stored` now, so that saving once more replaces it knowingly."""
        present = {f"before-{name}": text for name, text in stored.items()}
        self.data = {**{key: self.data[key] for key in self.data}, **present}

    def told(self, name: str, text: str) -> str:
        """A value of a field as its reader knows it."""
        return in_words(name, self.fields[name], text)
