"""Who gives permissions: Google, Microsoft, and any provider that describes itself (OpenID discovery)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Protocol

from django.conf import settings

from .asking import ask_json


class OAuthClient(Protocol):
    """Caseway as a provider knows it, by the settings; a generic one describes itself at its `issuer`."""

    @property
    def key(self) -> str: ...
    @property
    def secret(self) -> str: ...
    @property
    def tenant(self) -> str: ...
    @property
    def issuer(self) -> str: ...
    @property
    def host(self) -> str: ...
    @property
    def scope(self) -> str: ...


@dataclass(frozen=True)
class Servers:
    """Where a provider's mailboxes are; empty where that differs from customer to customer."""

    imap: str = ""
    smtp: str = ""


@dataclass(frozen=True)
class Provider:
    """One provider: where permission is asked for, where tokens are given, and what to ask."""

    key: str
    title: str
    client: OAuthClient
    authorize: str
    token: str
    scope: str
    servers: Servers = Servers()
    extra: dict[str, str] = field(default_factory=dict)


def providers() -> dict[str, str]:
    """The providers that the settings name: key and title."""
    titles = {"google": "Google", "microsoft": "Microsoft"}
    generic: OAuthClient | None = settings.OAUTH_CLIENTS.get("openid")
    if generic:
        titles["openid"] = generic.host
    return {key: title for key, title in titles.items() if settings.OAUTH_CLIENTS.get(key)}


def provider(key: str) -> Provider | None:
    """The provider, where the settings name it. Raises Away where it must describe itself and doesn't."""
    client = settings.OAUTH_CLIENTS.get(key)
    make = _KNOWN.get(key)
    return make(client) if client and make else None


def _google(client: OAuthClient) -> Provider:
    return Provider(
        key="google",
        title="Google",
        client=client,
        authorize="https://accounts.google.com/o/oauth2/v2/auth",
        token="https://oauth2.googleapis.com/token",  # noqa: S106
        scope="https://mail.google.com/",
        servers=Servers("imap.gmail.com", "smtp.gmail.com"),
        extra={"access_type": "offline", "prompt": "consent"},
    )


def _microsoft(client: OAuthClient) -> Provider:
    base = f"https://login.microsoftonline.com/{client.tenant or 'common'}/oauth2/v2.0"
    return Provider(
        key="microsoft",
        title="Microsoft",
        client=client,
        authorize=f"{base}/authorize",
        token=f"{base}/token",
        scope=(
            "offline_access https://outlook.office.com/IMAP.AccessAsUser.All "
            "https://outlook.office.com/SMTP.Send"
        ),
        servers=Servers("outlook.office365.com", "smtp.office365.com"),
        extra={"prompt": "select_account"},
    )


@lru_cache(maxsize=4)
def _described(issuer: str) -> dict[str, Any]:
    return ask_json("GET", f"{issuer}/.well-known/openid-configuration")


def _openid(client: OAuthClient) -> Provider:
    told = _described(client.issuer)
    return Provider(
        key="openid",
        title=client.host,
        client=client,
        authorize=str(told["authorization_endpoint"]),
        token=str(told["token_endpoint"]),
        scope=client.scope or "openid email offline_access",
    )


_KNOWN: dict[str, Callable[[OAuthClient], Provider]] = {
    "google": _google,
    "microsoft": _microsoft,
    "openid": _openid,
}
