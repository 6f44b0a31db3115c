"""Readers of single settings: text in, typed value out.

Each raises `ValueError` whose message completes the sentence "CASEWAY_X must be ...".
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Literal
from urllib.parse import parse_qsl, unquote, urlsplit

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class DatabaseAddress:
    """Where an external PostgreSQL answers; `options` go to libpq as they are (`sslmode`, ...)."""

    host: str
    port: int
    name: str
    user: str
    password: str
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class MailRelay:
    """The SMTP server that takes outgoing mail."""

    host: str
    port: int
    user: str
    password: str
    security: Literal["none", "starttls", "tls"]


@dataclass(frozen=True, slots=True)
class SmsAccount:
    """The account at Twilio, or at a provider that speaks like it, and the sender of its SMS."""

    base: str
    account: str
    user: str
    sender: str
    password: str = field(repr=False)


def text(value: str) -> str:
    """Any text that isn't empty."""
    if not value.strip():
        raise ValueError("not empty")
    return value


def secret(value: str) -> str:
    """A secret that nobody guesses."""
    if len(value) < 32:
        raise ValueError("at least 32 characters long")
    return value


def flag(value: str) -> bool:
    """`1`, `true`, `yes`, `on` or their opposites."""
    word = value.lower()
    if word in {"1", "true", "yes", "on"}:
        return True
    if word in {"0", "false", "no", "off"}:
        return False
    raise ValueError("true or false")


def number(least: int, most: int) -> Callable[[str], int]:
    """A reader of whole numbers from `least` to `most`."""

    def read(value: str) -> int:
        if value.isascii() and value.isdigit() and least <= int(value) <= most:
            return int(value)
        raise ValueError(f"a whole number from {least} to {most}")

    return read


def one_of(*words: str) -> Callable[[str], str]:
    """A reader of one of a few words."""

    def read(value: str) -> str:
        if value in words:
            return value
        raise ValueError("one of " + ", ".join(words))

    return read


def hosts(value: str) -> tuple[str, ...]:
    """Names separated by commas; a leading dot means every name below."""
    names = tuple(name.strip().lower() for name in value.split(",") if name.strip())
    if not names or any(set(name) & set("/: ") for name in names):
        raise ValueError("host names separated by commas, without scheme or port")
    return names


def folder(value: str) -> Path:
    """A folder; a relative one counts from the project's root."""
    if not value.strip() or "\0" in value:
        raise ValueError("the path of a folder")
    return (ROOT / Path(value).expanduser()).absolute()


def web_address(value: str) -> str:
    """`http://` or `https://`, host and maybe port; without path and trailing slash."""
    wanted = "like https://cases.example.com, without a path"
    try:
        parts = urlsplit(value)
        usable = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        raise ValueError(wanted) from None
    if not usable or parts.path.strip("/") or parts.query or parts.fragment or parts.username:
        raise ValueError(wanted)
    return f"{parts.scheme}://{parts.netloc}"


SAID_BEFORE = {"dbname", "password", "user"}
"""What an address says before its options, where alone it is taken from."""


def database(value: str) -> DatabaseAddress:
    """`postgresql://user:password@host:port/name?sslmode=...`; `?host=/folder&port=5433` a socket."""
    try:
        parts = urlsplit(value)
        options = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
        port = int(options.pop("port", "") or parts.port or 5432)
    except ValueError:
        raise ValueError("like postgresql://user:password@host:5432/name") from None
    name = unquote(parts.path.lstrip("/"))
    host = options.pop("host", unquote(parts.hostname or ""))
    if parts.scheme not in {"postgresql", "postgres"} or not name or not host or SAID_BEFORE & options.keys():
        raise ValueError("like postgresql://user:password@host:5432/name")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return DatabaseAddress(host, port, name, user, password, tuple(sorted(options.items())))


def mail_relay(value: str) -> MailRelay:
    """`smtp://` (plain), `smtp+starttls://` or `smtps://`, with user, password, host and port."""
    kinds: dict[str, tuple[Literal["none", "starttls", "tls"], int]] = {
        "smtp": ("none", 25),
        "smtp+starttls": ("starttls", 587),
        "smtps": ("tls", 465),
    }
    try:
        parts = urlsplit(value)
        security, usual_port = kinds[parts.scheme]
        port = parts.port or usual_port
    except (ValueError, KeyError):
        raise ValueError("like smtp+starttls://user:password@host:587") from None
    if not parts.hostname:
        raise ValueError("like smtp+starttls://user:password@host:587")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return MailRelay(parts.hostname, port, user, password, security)


def networks(value: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """Networks or single addresses, separated by commas."""
    try:
        return tuple(ip_network(word.strip()) for word in value.split(",") if word.strip())
    except ValueError:
        raise ValueError("networks separated by commas, like 10.20.0.0/16,192.168.1.5") from None


SMS_LIKE = "like twilio://ACCOUNT:TOKEN@api.twilio.com?from=+12025550100"


def sms_account(value: str) -> SmsAccount:
    """`twilio://`, with account (or API key and `&account=`), token, host and sender.

    `twilio+http://` is for a provider on this machine only: elsewhere the token would be read on the way.
    """
    try:
        parts = urlsplit(value)
        options = dict(parse_qsl(parts.query, strict_parsing=True))
        at = f"{parts.hostname}:{parts.port}" if parts.port else parts.hostname or ""
    except ValueError:
        raise ValueError(SMS_LIKE) from None
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    # In a query a bare + is a blank.
    sender = re.sub(r"^ (?=\d)", "+", options.pop("from", ""))
    account = options.pop("account", user)
    is_plain = parts.scheme == "twilio+http" and parts.hostname in {"127.0.0.1", "localhost"}
    if options or not (is_plain or parts.scheme == "twilio"):
        raise ValueError(SMS_LIKE)
    if not all((at, user, password, sender)) or not account.isalnum() or not (user + password).isascii():
        raise ValueError(SMS_LIKE)
    base = f"{'http' if is_plain else 'https'}://{at}{parts.path.rstrip('/')}"
    return SmsAccount(base, account, user, sender, password)
