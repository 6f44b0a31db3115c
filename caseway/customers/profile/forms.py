"""The forms of one's own profile."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from caseway.accounts.models import Membership, Person
from caseway.accounts.reader import known_zone
from caseway.accounts.regions import region_of
from caseway.core.errors import Invalid
from caseway.core.phones import read_mobile, shown
from caseway.customers.models import Contact


class ProfileForm(forms.Form):
    """Name, language, time zone, and at a desk the mobile number."""

    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=120, widget=forms.TextInput({"autocomplete": "name"})
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False)
    time_zone = forms.CharField(
        label=gettext_lazy("Time zone"),
        required=False,
        max_length=64,
        widget=forms.TextInput({"list": "zones", "autocomplete": "off", "placeholder": "Europe/Berlin"}),
    )

    mobile = forms.CharField(
        label=gettext_lazy("Mobile number"),
        required=False,
        max_length=40,
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel", "placeholder": "+49 1512 3456789"}),
    )

    def __init__(self, data: Any = None, *, person: Person, seat: Membership | None) -> None:
        """`seat`: at the desk that they work at; None for whoever works at none."""
        super().__init__(data, initial=stored_of(person))
        self.region = region_of(person, seat.organisation if seat else None)
        if seat is None:
            del self.fields["mobile"]
        language = self.fields["language"]
        assert isinstance(language, forms.ChoiceField)  # noqa: S101 - told to mypy
        language.choices = [("", _("As my browser says")), *settings.LANGUAGES]

    def clean_time_zone(self) -> str:
        """A zone that there is; blanks as people type them are taken."""
        typed = self.cleaned_data["time_zone"].strip().replace(" ", "_")
        if typed and not known_zone(typed):
            raise ValidationError(_("Choose a time zone of the list, such as Europe/Berlin."))
        return str(typed)

    def clean_mobile(self) -> str:
        """In E.164."""
        try:
            return read_mobile(self.cleaned_data["mobile"], self.region)
        except Invalid as refused:
            raise ValidationError(refused.message) from None


def stored_of(person: Person) -> dict[str, str]:
    """The profile as its form takes it."""
    return {
        "name": person.name,
        "language": person.language,
        "time_zone": person.time_zone,
        "mobile": shown(person.mobile),
    }


class ContactMailsForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a contact is mailed."""

    class Meta:
        model = Contact
        fields = ("told_of_creation", "told_of_answers", "told_of_closing")
        labels = {
            "told_of_creation": gettext_lazy("When a case of mine is created"),
            "told_of_answers": gettext_lazy("At each answer"),
            "told_of_closing": gettext_lazy("When a case of mine is closed"),
        }


class OwnerMailsForm(forms.ModelForm):  # type: ignore[type-arg]
    """What an agent is mailed."""

    class Meta:
        model = Membership
        fields = ("told_as_owner",)
        labels = {"told_as_owner": gettext_lazy("What customers and partners write on cases that I own")}
