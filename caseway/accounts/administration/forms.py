"""Forms of the admin that keep tenants apart and settings valid."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from caseway.accounts.models import Organisation
from caseway.accounts.policy import CHOICES, Policy

NO_CHOICE = [("", "---------")]


class LastingForm(forms.ModelForm):  # type: ignore[type-arg]
    """Holds fast what cases rest on: the fields named in `lasting` change no more once they are stored."""

    lasting: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.lasting:
            if self.instance.pk and name in self.fields:
                self.fields[name].disabled = True


class SameOrganisationForm(LastingForm):
    """Refuses to tie a row of one organisation to a row of another, and says whose each choice is.

    Whose the row is was decided when it was added.
    """

    lasting: tuple[str, ...] = ("organisation",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            _say_whose(field)

    def clean(self) -> dict[str, Any]:
        """Compare the organisation with that of everything chosen."""
        cleaned = super().clean() or self.cleaned_data
        organisation = cleaned.get("organisation")
        for name, value in list(cleaned.items()):
            if organisation and any(_is_foreign(row, organisation) for row in _rows(value)):
                self.add_error(name, _("This belongs to another organisation than %s.") % organisation)
        return cleaned


def _say_whose(field: Any) -> None:
    """Name the organisation beside each choice of a field whose choices have one."""
    choices = getattr(field, "queryset", None)
    if choices is not None and any(column.name == "organisation" for column in choices.model._meta.fields):
        field.queryset = choices.select_related("organisation")
        field.label_from_instance = _with_organisation


def _with_organisation(row: Any) -> str:
    return f"{row} ({row.organisation})"


def _rows(value: object) -> Iterable[object]:
    return value if hasattr(value, "__iter__") and not isinstance(value, str) else [value]


def _is_foreign(row: object, organisation: Organisation) -> bool:
    return getattr(row, "organisation_id", organisation.pk) != organisation.pk


class ReaderForm(forms.ModelForm):  # type: ignore[type-arg]
    """Offers the languages and time zones that there are."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "language" in self.fields:
            self._offer("language", list(settings.LANGUAGES))
        if "time_zone" in self.fields:
            self._offer("time_zone", [(name, name) for name in sorted(available_timezones())])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        offered = choices if field.required else NO_CHOICE + choices
        self.fields[name] = forms.ChoiceField(
            choices=offered, required=field.required, label=field.label, initial=field.initial
        )


class OrganisationForm(ReaderForm, LastingForm):
    """An organisation with its policy. A shipper stays one: its partnerships and cases say so."""

    lasting = ("kind",)

    def clean_stored_policy(self) -> dict[str, Any]:
        """Only choices that exist, with values of the right kind."""
        stored = self.cleaned_data["stored_policy"] or {}
        if not isinstance(stored, dict):
            raise ValidationError(_("Write an object, such as {}."))
        defaults = asdict(Policy())
        for name, value in stored.items():
            if name not in defaults:
                known = ", ".join(sorted(defaults))
                raise ValidationError(
                    _("“%(name)s” is no policy. Known: %(known)s") % {"name": name, "known": known}
                )
            expected = list if isinstance(defaults[name], tuple) else type(defaults[name])
            if type(value) is not expected:
                raise ValidationError(
                    _("“%(name)s” must be like %(default)s.")
                    % {"name": name, "default": repr(defaults[name])}
                )
            if name in CHOICES and value not in CHOICES[name]:
                raise ValidationError(
                    _("“%(name)s” must be one of: %(choices)s.")
                    % {"name": name, "choices": ", ".join(CHOICES[name])}
                )
        return stored
