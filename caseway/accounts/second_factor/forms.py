"""Codes, within the limits of attempts."""

from typing import Any

from allauth.account.forms import ReauthenticateForm as PasswordAgain
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

from caseway.accounts.models import Person
from caseway.accounts.sign_in.forms import Refusal
from caseway.core.errors import TooMany

from .attempts import CodeAttempt, is_first_use


class LimitedCode:
    """A form with a code that is counted before it is looked at, and good once."""

    user: Person
    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        code.max_length = 20
        code.widget.attrs |= {"inputmode": "numeric", "placeholder": ""}

    def clean_code(self) -> str:
        """The code; raises Refusal when locked out, and for a code that was used before."""
        attempt = CodeAttempt.of(context.request, self.user)
        try:
            attempt.begin()
        except TooMany as error:
            raise Refusal(error) from error
        code: str = super().clean_code()  # type: ignore[misc]
        if not is_first_use(self.user.pk, code):
            raise get_adapter().validation_error("incorrect_code")
        attempt.succeed()
        return code


class CodeForm(LimitedCode, AuthenticateForm):
    """The code of the app, or a recovery code, at sign-in."""


class CodeAgainForm(LimitedCode, ReauthenticateForm):
    """The same before something is changed."""


class FirstCodeForm(LimitedCode, ActivateTOTPForm):
    """The first code of an app that was just set up."""


class PasswordAgainForm(PasswordAgain):
    """The password before something is changed, within the limits of attempts."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""
        self.fields["password"].widget.attrs.pop("placeholder", None)

    def clean_password(self) -> str:
        """The present password."""
        try:
            return str(super().clean_password())
        except TooMany as error:
            raise Refusal(error) from error


class AddPasskeyForm(AddWebAuthnForm):
    """A passkey: every one signs in without a password, and is named by its owner."""

    passwordless = forms.BooleanField(initial=True, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        count = Authenticator.objects.filter(user=self.user, type=Authenticator.Type.WEBAUTHN).count()
        self.fields["name"] = forms.CharField(
            label=_("Name"), required=False, max_length=60, help_text=_("Such as “Phone” or “Laptop”.")
        )
        self.initial["name"] = _("Passkey %(number)s") % {"number": count + 1}

    def clean(self) -> dict[str, Any]:
        """Every passkey must have proven that it knows its owner."""
        self.cleaned_data["passwordless"] = True
        return dict(super().clean())
