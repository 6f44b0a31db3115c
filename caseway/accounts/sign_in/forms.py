"""The forms of signing in and of passwords."""

from typing import Any, cast

from allauth.account import forms as allauth
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from caseway.accounts.models import Person
from caseway.core import limits
from caseway.core.errors import TooMany
from caseway.core.http.clients import client_address

from .actions import ask_for_new_password, choose_password
from .lockout import FAILURES_BY_ADDRESS, WINDOW_SECONDS, locked_out, network_of
from .tokens import ResetTokens


class Refusal(ValidationError):
    """A TooMany in a form; the view answers 429."""

    def __init__(self, error: TooMany) -> None:
        super().__init__(error.message, code="too_many")
        self.retry_after = error.retry_after


class SignInForm(allauth.LoginForm):
    """Address, password, and whether to stay signed in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress(self, login=_("E-mail address"), password=_("Password"), remember=_("Keep me signed in"))

    def clean(self) -> dict[str, Any]:
        """Check the password, within the limits of attempts."""
        try:
            return cast("dict[str, Any]", super().clean())
        except TooMany as error:
            raise Refusal(error) from error


class AskForPasswordForm(forms.Form):
    """Where to send the link that sets a new password."""

    email = forms.EmailField(
        label=_("E-mail address"), widget=forms.EmailInput({"autocomplete": "username"}), max_length=254
    )

    def save(self, request: HttpRequest) -> None:
        """Take the request; raises TooMany."""
        ask_for_new_password(
            self.cleaned_data["email"],
            client=network_of(client_address(request)),
            language=get_language() or "en",
        )


class NewPasswordForm(allauth.ResetPasswordKeyForm):
    """A new password for whoever followed the link of a mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress_new_password(self)

    def save(self) -> None:
        """Set it."""
        choose_password(self.user, self.cleaned_data["password1"])


class ChangePasswordForm(allauth.ChangePasswordForm):
    """Another password for somebody who is signed in, and knows the present one."""

    user: Person

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress(self, oldpassword=_("Present password"))
        _dress_new_password(self)

    def clean_oldpassword(self) -> str:
        """The present password; five wrong ones lock the form for a while."""
        key = f"change password {self.user.pk}"
        if limits.count(key, WINDOW_SECONDS) > FAILURES_BY_ADDRESS:
            raise Refusal(locked_out(limits.seconds_left(key)))
        present = super().clean_oldpassword()
        limits.forget(key)
        return str(present)

    def clean(self) -> dict[str, Any]:
        """Refuse the same password again."""
        cleaned: dict[str, Any] = super().clean()
        if cleaned.get("password1") and cleaned["password1"] == cleaned.get("oldpassword"):
            self.add_error("password1", _("Choose a password that differs from the present one."))
        return cleaned

    def save(self) -> None:
        """Set it."""
        choose_password(self.user, self.cleaned_data["password1"])


class LinkForm(allauth.UserTokenForm):
    """Checks the link of a mail."""

    token_generator = ResetTokens()


def _dress(form: forms.Form, **labels: Any) -> None:
    """Our labels, and no placeholder that repeats them."""
    for name, label in labels.items():
        form.fields[name].label = label
        form.fields[name].help_text = ""
        form.fields[name].widget.attrs.pop("placeholder", None)


def _dress_new_password(form: forms.Form) -> None:
    _dress(form, password1=_("New password"), password2=_("New password again"))
    form.fields["password1"].help_text = " ".join(str(text) for text in password_validators_help_texts())
