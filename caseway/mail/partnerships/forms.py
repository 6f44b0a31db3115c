"""What the settings ask for. The rules are the actions'."""

from typing import Any

from django import forms

from caseway.core.http.forms import ActionForm


class ProposalForm(ActionForm):
    """An organisation that is here, by its code."""

    code = forms.CharField(required=False, max_length=50)


class ByMailForm(ActionForm):
    """An organisation that takes part by e-mail alone."""

    name = forms.CharField(required=False, max_length=120)
    addresses = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 3}))

    @property
    def lines(self) -> list[str]:
        """The addresses as typed: one a line, or parted by commas."""
        return lines_of(self.cleaned_data["addresses"])


class AddressesForm(ActionForm):
    """The collaborator addresses of one side."""

    addresses = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 4}))
    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, addresses: list[str], version: int) -> None:
        super().__init__(data, initial={"addresses": "\n".join(addresses), "version": version})

    @property
    def lines(self) -> list[str]:
        """The addresses as typed: one a line, or parted by commas."""
        return lines_of(self.cleaned_data["addresses"])

    def field_of(self, name: str) -> str:
        """Everything that is wrong is wrong with the addresses."""
        return "addresses"


class InvitePartnerForm(ActionForm):
    """Who at the partner gets the desk."""

    name = forms.CharField(required=False, max_length=120)
    email = forms.CharField(required=False, max_length=254)


def lines_of(typed: str) -> list[str]:
    """What was typed, parted by lines, commas and semicolons."""
    return [part.strip() for line in typed.splitlines() for part in line.replace(";", ",").split(",")]
