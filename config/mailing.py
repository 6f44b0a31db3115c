"""Readers of the settings of mail providers; see `config/values.py`."""

import re
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote, urlsplit


@dataclass(frozen=True, slots=True)
class OAuthClient:
    """Caseway as an OAuth 2 client of one provider; `issuer` is where a generic one describes itself."""

    key: str
    secret: str = field(repr=False)
    tenant: str = ""
    issuer: str = ""
    scope: str = ""

    @property
    def host(self) -> str:
        """The host of the issuer."""
        return urlsplit(self.issuer).hostname or ""


@dataclass(frozen=True, slots=True)
class MailHook:
    """A provider that brings mails and reports over HTTP, and the secret that proves that it is the one."""

    provider: str
    secret: str = field(repr=False)


SECRETS = {"postmark": "USER:PASSWORD", "mailgun": "SIGNING_KEY", "amazon_ses": "USER:PASSWORD"}
"""What proves each provider: a user and a password of its address, or the key that it signs with."""
LEAST_SECRET = 16


def oauth_client(value: str) -> OAuthClient:
    """`ID:SECRET`; for Microsoft `ID:SECRET@TENANT` too."""
    rest, _, tenant = value.partition("@")
    key, _, secret_ = rest.partition(":")
    if not key or not secret_ or (tenant and not re.fullmatch(r"[A-Za-z0-9.-]+", tenant)):
        raise ValueError("like CLIENT_ID:CLIENT_SECRET")
    return OAuthClient(unquote(key), unquote(secret_), tenant)


def openid_client(value: str) -> OAuthClient:
    """`https://ID:SECRET@issuer.example/path?scope=…`; plain `http` for this machine only."""
    wanted = "like https://CLIENT_ID:CLIENT_SECRET@login.example.com?scope=openid%20offline_access"
    try:
        parts = urlsplit(value)
        options = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
        at = f"{parts.hostname}:{parts.port}" if parts.port else parts.hostname or ""
    except ValueError:
        raise ValueError(wanted) from None
    is_safe = parts.scheme == "https" or (
        parts.scheme == "http" and parts.hostname in {"127.0.0.1", "localhost"}
    )
    scope = options.pop("scope", "")
    if not is_safe or options or not (at and parts.username and parts.password):
        raise ValueError(wanted)
    issuer = f"{parts.scheme}://{at}{parts.path.rstrip('/')}"
    return OAuthClient(unquote(parts.username), unquote(parts.password), issuer=issuer, scope=scope)


def mail_hooks(value: str) -> tuple[MailHook, ...]:
    """`PROVIDER:SECRET`, several separated by commas."""
    hooks = tuple(_mail_hook(word.strip()) for word in value.split(",") if word.strip())
    if len({hook.provider for hook in hooks}) < len(hooks):
        raise ValueError("one secret for each provider")
    return hooks


def _mail_hook(word: str) -> MailHook:
    provider, _, secret = word.partition(":")
    form = SECRETS.get(provider)
    if form is None:
        raise ValueError(f"PROVIDER:SECRET, the provider one of {', '.join(SECRETS)}")
    if len(secret) < LEAST_SECRET or not secret.isascii() or (":" in form) != (":" in secret):
        raise ValueError(f"like {provider}:{form}, with a secret of {LEAST_SECRET} characters at least")
    return MailHook(provider, secret)
