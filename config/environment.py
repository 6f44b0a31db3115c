"""Every setting of Caseway: one table with name, type, default and meaning.

`docs/operators/settings.md` is this table printed (`python -m config.environment`).
"""

import difflib
import os
from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from config import mailing, values
from config.storages import Bucket, bucket, storage

PREFIX = "CASEWAY_"


class WrongSetting(Exception):
    """A setting that can't be used; the message is one line for the person who set it."""


def _setting(read: Callable[[str], Any], default: Any, kind: str, meaning: str, shown: str = "") -> Any:
    return field(
        default=default,
        metadata={"read": read, "kind": kind, "meaning": meaning, "shown": shown},
    )


@dataclass(frozen=True, kw_only=True)
class Environment:
    """What the environment says; the field `base_url` is the variable `CASEWAY_BASE_URL`."""

    database_url: values.DatabaseAddress | None = _setting(
        values.database,
        None,
        "address",
        "An external PostgreSQL, version 15 or newer: `postgresql://user:password@host:5432/name`; "
        "options of libpq such as `?sslmode=verify-full` are passed on.",
        "the embedded server",
    )
    data_dir: Path = _setting(
        values.folder,
        values.ROOT / "var",
        "folder",
        "Where the embedded database, attachments, the secret key and logs are kept.",
        "`var` in the project's root",
    )
    secret_key: str = _setting(
        values.secret,
        "",
        "secret",
        "Signs sessions and links. Every process of one installation needs the same one.",
        "made at the first start and kept in the data folder",
    )
    base_url: str = _setting(
        values.web_address,
        "http://localhost:8000",
        "address",
        "The address people use; links in mails begin with it. With `https` cookies are secure only.",
    )
    allowed_hosts: tuple[str, ...] = _setting(
        values.hosts,
        (),
        "names",
        "Host names answered to, separated by commas; a leading dot means every name below.",
        "the host of `CASEWAY_BASE_URL`, `localhost`, `.localhost` and `127.0.0.1`",
    )
    proxies: int = _setting(
        values.number(0, 10),
        0,
        "number",
        "How many reverse proxies of yours stand in front; their `X-Forwarded-For` and "
        "`X-Forwarded-Proto` are believed. 0 believes neither.",
    )
    workers: int = _setting(
        values.number(1, 64),
        min(2, os.cpu_count() or 1),
        "number",
        "Web processes.",
        "2, on a machine with one core 1",
    )
    threads: int = _setting(
        values.number(1, 64),
        8,
        "number",
        "Threads of one web process, and the size of its pool of database connections.",
    )
    jobs: int = _setting(
        values.number(1, 64), 4, "number", "Jobs that one worker process does at the same time."
    )
    storage_url: Path | Bucket | None = _setting(
        storage,
        None,
        "address",
        "Where attachments are kept: a folder, `file:///srv/caseway/files`, or a bucket of S3-compatible "
        "storage, `s3://KEY:SECRET@bucket/folder?region=eu-central-1`; elsewhere than at Amazon with "
        "`&endpoint=https://storage.example.com`. See [Attachments](running.md#attachments).",
        "`files` in the data folder",
    )
    smtp_url: values.MailRelay | None = _setting(
        values.mail_relay,
        None,
        "address",
        "The server for outgoing mail: `smtp+starttls://user:password@host:587`, `smtps://` or `smtp://`.",
        "none: mails are shown at `/dev/outbox`",
    )
    sms_url: values.SmsAccount | None = _setting(
        values.sms_account,
        None,
        "address",
        "The SMS provider: `twilio://ACCOUNT:TOKEN@api.twilio.com?from=+12025550100`. "
        "See [SMS](running.md#sms).",
        "none: on `localhost` SMS are written to the log, elsewhere none are offered",
    )
    mail_domain: str = _setting(
        values.text,
        "",
        "name",
        "The domain of Message-IDs and of the sender without brand. "
        "Reply addresses are those of the mailboxes.",
        "the host of `CASEWAY_BASE_URL`",
    )
    mail_from: str = _setting(
        values.text,
        "",
        "address",
        "The sender of mails that belong to no brand, such as a new password.",
        "`caseway@` and the mail domain",
    )
    mail_trusted_server: str = _setting(
        values.text,
        "",
        "name",
        "The name that your mail server writes into `Authentication-Results`; only its verdict counts.",
        "none: no sender is trusted",
    )
    mail_host: str = _setting(
        values.text, "127.0.0.1", "name", "The address that the mail listener binds to."
    )
    mail_smtp_port: int = _setting(
        values.number(0, 65535), 8025, "number", "Port of the SMTP listener; 0 for none."
    )
    mail_lmtp_port: int = _setting(
        values.number(0, 65535), 8024, "number", "Port of the LMTP listener; 0 for none."
    )
    mail_certificate: Path | None = _setting(
        values.folder,
        None,
        "path",
        "Certificate (with its chain) and key of the SMTP listener, in one PEM file: STARTTLS is offered. "
        "Read anew when it changes.",
        "none: no STARTTLS",
    )
    mail_hooks: tuple[mailing.MailHook, ...] = _setting(
        mailing.mail_hooks,
        (),
        "secrets",
        "Providers that bring mails and reports over HTTP, separated by commas: `postmark:USER:PASSWORD`, "
        "`mailgun:SIGNING_KEY`, `amazon_ses:USER:PASSWORD`. See [Mail](mail.md#from-a-provider-over-http).",
        "none",
    )
    mail_bucket: Bucket | None = _setting(
        bucket,
        None,
        "address",
        "The bucket in which Amazon's mail service lays down what comes in: "
        "`s3://KEY:SECRET@bucket?region=eu-west-1`. See [Mail](mail.md#from-a-provider-over-http).",
        "none: mails come in the notes themselves, up to 150 kB",
    )
    google_client: mailing.OAuthClient | None = _setting(
        mailing.oauth_client,
        None,
        "secret",
        "`CLIENT_ID:CLIENT_SECRET` of Caseway at Google, so that mailboxes there need no password. "
        "See [Mail](mail.md#google-microsoft-and-others).",
        "none",
    )
    microsoft_client: mailing.OAuthClient | None = _setting(
        mailing.oauth_client,
        None,
        "secret",
        "`CLIENT_ID:CLIENT_SECRET` of Caseway at Microsoft; with `@TENANT` behind it for one tenant only.",
        "none",
    )
    openid_client: mailing.OAuthClient | None = _setting(
        mailing.openid_client,
        None,
        "address",
        "Another provider of permissions for mailboxes that describes itself (OpenID Connect discovery): "
        "`https://CLIENT_ID:CLIENT_SECRET@login.example.com?scope=openid%20offline_access`.",
        "none",
    )
    private_networks: tuple[IPv4Network | IPv6Network, ...] = _setting(
        values.networks,
        (),
        "networks",
        "Networks of yours, separated by commas, in which mail servers that people type into forms may be; "
        "others that are not public are never connected to.",
        "none",
    )
    events_host: str = _setting(
        values.text, "127.0.0.1", "name", "The address that the stream server (`/events`) binds to."
    )
    events_port: int = _setting(
        values.number(0, 65535),
        0,
        "number",
        "Port of the stream server, for a reverse proxy that sends `/events` straight to it. "
        "The web server passes it on anyway. See [Live updates](running.md#live-updates).",
        "any free port",
    )
    streams: int = _setting(
        values.number(0, 2000),
        400,
        "number",
        "Streams that one web process passes on at the same time; whoever comes later is told to try again.",
    )
    log_format: str = _setting(
        values.one_of("auto", "console", "json"),
        "auto",
        "word",
        "`console` for people, `json` for machines, `auto` for console on a terminal and JSON elsewhere.",
    )
    log_level: str = _setting(
        values.one_of("debug", "info", "warning", "error"), "info", "word", "The least that is logged."
    )
    metrics_token: str = _setting(
        values.secret,
        "",
        "secret",
        "Bearer token for `/metrics` from elsewhere than this machine.",
        "none: only this machine may read it",
    )
    debug: bool = _setting(
        values.flag, False, "true or false", "Tracebacks in the browser. Never where others reach it."
    )

    @property
    def host(self) -> str:
        """The host of the base address, without port."""
        return urlsplit(self.base_url).hostname or "localhost"

    @property
    def is_https(self) -> bool:
        """Whether people come over TLS."""
        return self.base_url.startswith("https://")

    @property
    def sends_sms(self) -> bool:
        """Whether SMS are offered: there is a provider, or this is a developer's own machine."""
        is_local = self.host in {"localhost", "127.0.0.1", "::1"} or self.host.endswith(".localhost")
        return self.sms_url is not None or is_local

    @property
    def files_place(self) -> Path | Bucket:
        """Where attachments are kept."""
        return self.storage_url or self.data_dir / "files"


def variable(setting: "Field[Any]") -> str:
    """The environment variable of a field of `Environment`."""
    return PREFIX + setting.name.upper()


def load(environ: Mapping[str, str] = os.environ) -> Environment:
    """Read the settings; an empty variable counts as unset. Raises `WrongSetting` for the first wrong one."""
    _refuse_misspelt(environ)
    found: dict[str, Any] = {}
    for setting in fields(Environment):
        value = environ.get(variable(setting), "")
        if not value:
            continue
        try:
            found[setting.name] = setting.metadata["read"](value)
        except ValueError as problem:
            # The value is repeated for the person's sake, but never a secret or a password.
            shown = f", not {value!r}" if setting.metadata["kind"] in _SHOWABLE else ""
            raise WrongSetting(f"{variable(setting)} must be {problem}{shown}") from None
    return Environment(**found)


_SHOWABLE = {"number", "word", "true or false", "names", "name", "folder", "path", "networks"}


def _refuse_misspelt(environ: Mapping[str, str]) -> None:
    known = [variable(setting) for setting in fields(Environment)]
    for name in sorted(environ):
        if not name.startswith(PREFIX) or name in known:
            continue
        close = difflib.get_close_matches(name, known, n=1, cutoff=0.85)
        if close:
            raise WrongSetting(f"{name} is no setting; {close[0]} is meant?")


def page() -> str:
    """`docs/operators/settings.md`."""
    rows = [
        f"| `{variable(s)}` | {s.metadata['kind']} | {s.metadata['shown'] or f'`{s.default}`'} "
        f"| {s.metadata['meaning']} |"
        for s in fields(Environment)
    ]
    return "\n".join(
        [_INTRODUCTION, "| variable | type | default | meaning |", "|---|---|---|---|", *rows, ""]
    )


_INTRODUCTION = """\
# Settings

Caseway is set by environment variables. A wrong value, or a name that looks like a misspelt one,
stops the start with one clear line. This page is printed from the code by `python -m config.environment`;
a test holds the two equal.
"""

if __name__ == "__main__":
    print(page(), end="")  # noqa: T201
