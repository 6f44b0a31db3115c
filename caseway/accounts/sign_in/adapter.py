"""How django-allauth works here."""

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language

from caseway.accounts.audit import record
from caseway.accounts.events import SecondFactorChanged
from caseway.accounts.models import Person
from caseway.core.http.clients import client_address

from .guessing import guess_reader
from .homes import home_of
from .lockout import Attempt
from .notices import tell_of_new_password, tell_of_second_factor

SIGNED_IN_JUST_NOW = 300
"""Seconds within which nobody is asked for their password again."""
SILENT = frozenset({"account/messages/logged_in.txt"})
"""Messages that say what the next page shows anyway."""


class Adapter(DefaultAccountAdapter):
    """Allauth's own sign-up is closed; attempts are counted by us; links never leave this host."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """People join by invitation, or as customers by their mail domain: `caseway.customers`."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Person | None:
        """The person, or None; raises TooMany for an address or client that is locked out."""
        attempt = Attempt.of(request, credentials.get("email", ""))
        attempt.begin()
        person = authenticate(request, **credentials)
        if not isinstance(person, Person):
            return None
        attempt.succeed()
        return person

    def reauthenticate(self, user: Person, password: str) -> bool:
        """Whether it is the person's password, within the limits of attempts."""
        return self.authenticate(self.request, email=user.email, password=password) is not None

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Before the second factor is changed, unless one has signed in just now."""
        records = get_authentication_records(self.request, self.request.user)
        signed_in_at = records[-1]["at"] if records else 0.0
        return bool(time.time() - signed_in_at > SIGNED_IN_JUST_NOW)

    def post_login(self, request: HttpRequest, user: Person, **kwargs: Any) -> HttpResponse:
        """Remember what the browser tells of its reader, where they have chosen nothing themselves."""
        guess_reader(user, language=get_language() or "", time_zone=request.POST.get("zone", ""))
        response: HttpResponse = super().post_login(request, user, **kwargs)
        return response

    def is_safe_url(self, url: str | None) -> bool:
        """Whether to go on to `url`: an address of the host that was asked, and no other."""
        return url_has_allowed_host_and_scheme(
            url, allowed_hosts={self.request.get_host()}, require_https=self.request.is_secure()
        )

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Where somebody who just signed in goes, unless they were on their way somewhere."""
        return home_of(request.user) if isinstance(request.user, Person) else "/"

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """After a change of password: sign in with it."""
        return reverse("account_login")

    def get_client_ip(self, request: HttpRequest) -> str:
        """The client's address, as far as our own proxies tell it."""
        return client_address(request)

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        *args: Any,
        **kwargs: Any,
    ) -> None:
        """Show a message on the next page, but for the silent ones."""
        if message_template not in SILENT:
            super().add_message(request, level, message_template, *args, **kwargs)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Person,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell the person by mail what changed of that with which they sign in."""
        kind = template_prefix.rpartition("/")[2]
        if template_prefix.startswith("mfa/"):
            record(SecondFactorChanged(person_id=user.pk, what=kind), by=user, about=user)
            tell_of_second_factor(user, kind)
        else:
            tell_of_new_password(user)
