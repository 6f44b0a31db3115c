"""The desk's form of a mailbox. The rules are the action's."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from caseway.accounts.viewer import Viewer
from caseway.core.http.forms import ActionForm
from caseway.mail.models import ImapAccount, Mailbox
from caseway.mail.models.server import ServerAccount

from .queries import brands_for, state_of, version_of
from .writing import ImapWritten, ServerWritten, Written

SECRET = {"autocomplete": "new-password"}
PLAIN = {"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}


def _line(longest: int = 250) -> forms.CharField:
    return forms.CharField(required=False, max_length=longest, widget=forms.TextInput(attrs=PLAIN))


def _secret() -> forms.CharField:
    # Never filled with what is stored, nor with what was typed.
    widget = forms.PasswordInput(attrs=SECRET, render_value=False)
    return forms.CharField(required=False, max_length=500, strip=False, widget=widget)


def _port() -> forms.IntegerField:
    return forms.IntegerField(required=False, min_value=1, max_value=65535)


class AddressForm(ActionForm):
    """The address of a new mailbox."""

    address = forms.CharField(required=False, widget=forms.EmailInput(attrs=PLAIN))


class MailboxForm(ActionForm):
    """What a mailbox is for, where its mails come from, and how they leave."""

    use = forms.ChoiceField(choices=Mailbox.Use.choices)
    brand = forms.TypedChoiceField(coerce=int, required=False, empty_value=None)
    trusted_server = _line(253)
    is_active = forms.BooleanField(required=False)
    fetches = forms.BooleanField(required=False)
    imap_host = _line(253)
    imap_port = _port()
    imap_security = forms.ChoiceField(choices=ServerAccount.Security.choices)
    imap_user = _line(254)
    imap_sign_in = forms.ChoiceField(choices=ServerAccount.SignIn.choices)
    imap_password = _secret()
    folder = _line()
    afterwards = forms.ChoiceField(choices=ImapAccount.Afterwards.choices)
    target = _line()
    sends = forms.BooleanField(required=False)
    smtp_host = _line(253)
    smtp_port = _port()
    smtp_security = forms.ChoiceField(choices=ServerAccount.Security.choices)
    smtp_user = _line(254)
    smtp_sign_in = forms.ChoiceField(choices=ServerAccount.SignIn.choices)
    smtp_password = _secret()
    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, viewer: Viewer, box: Mailbox) -> None:
        super().__init__(data, initial=state_of(box) | {"version": version_of(box)})
        self.box = box
        brand = self.fields["brand"]
        assert isinstance(brand, forms.ChoiceField)  # noqa: S101 - for the type checker
        brand.choices = [("", _("None")), *((one.pk, one.name) for one in brands_for(viewer))]

    @property
    def written(self) -> Written:
        """What was entered, once the form is valid."""
        given = self.cleaned_data
        fetches = {name: given[name] for name in ("folder", "afterwards", "target")}
        return Written(
            use=given["use"],
            brand=given["brand"],
            trusted_server=given["trusted_server"],
            is_active=given["is_active"],
            imap=ImapWritten(**self._server("imap"), **fetches) if given["fetches"] else None,
            smtp=ServerWritten(**self._server("smtp")) if given["sends"] else None,
        )

    def _server(self, prefix: str) -> dict[str, Any]:
        given = self.cleaned_data
        names = ("host", "port", "security", "user", "sign_in", "password")
        return {name: given[f"{prefix}_{name}"] for name in names} | {"port": given[f"{prefix}_port"] or 0}
