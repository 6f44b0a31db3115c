"""The form of joining by oneself, and that of who may."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_DOMAIN = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])")


class SignUpForm(forms.Form):
    """Who wants to join."""

    name = forms.CharField(
        label=gettext_lazy("Your name"), max_length=120, widget=forms.TextInput({"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail address at work"),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email"}),
    )


class SignUpDomainsForm(forms.Form):
    """The domains whose people may join the account, one a line; none: nobody by themselves."""

    domains = forms.CharField(
        label=gettext_lazy("Mail domains"),
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 3, "placeholder": "example.com"}),
        help_text=gettext_lazy(
            "One a line. Whoever reads mail at one of them may join as a contact. Never a domain at "
            "which anybody gets an address. Empty: by invitation only."
        ),
    )

    def clean_domains(self) -> list[str]:
        """In lower case, each once."""
        typed = re.split(r"[\s,;]+", self.cleaned_data["domains"].lower())
        domains = sorted({word.removeprefix("@") for word in typed if word})
        for domain in domains:
            if not _DOMAIN.fullmatch(domain):
                raise ValidationError(_("“%(word)s” is no mail domain.") % {"word": domain})
        return domains
