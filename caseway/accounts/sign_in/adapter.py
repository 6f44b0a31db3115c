"""How django-allauth works here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from caseway.accounts.models import Person
from caseway.core.http.clients import client_address

from .homes import home_of
from .lockout import Attempt
from .notices import tell_of_new_password

SILENT = frozenset({"account/messages/logged_in.txt"})
"""Messages that say what the next page shows anyway."""


class Adapter(DefaultAccountAdapter):
    """Sign-up is closed; attempts are counted by us; links never leave this host."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """People are added by an administrator, for now."""
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
        """Tell the person by mail that their password is a new one."""
        tell_of_new_password(user)
