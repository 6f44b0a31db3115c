"""What an administrator enters of a mailbox, put into its rows."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from caseway.core.errors import Invalid
from caseway.core.text import clean_line
from caseway.mail.models import Grant, ImapAccount, Mailbox, SmtpAccount
from caseway.mail.models.server import ServerAccount

SECRET_GOES_TO = ("host", "port", "security", "user", "sign_in")
"""Where any of these changes, a stored password would be told to somebody whom it was not given for."""


@dataclass(frozen=True)
class ServerWritten:
    """An account at a server; an empty password keeps the stored one."""

    host: str
    port: int
    security: str
    user: str
    sign_in: str
    password: str = ""


@dataclass(frozen=True)
class ImapWritten(ServerWritten):
    """Where mails are fetched from."""

    folder: str = "INBOX"
    afterwards: str = "seen"
    target: str = ""


@dataclass(frozen=True)
class Written:
    """A mailbox; None for a server that it does without."""

    use: str
    brand: int | None
    trusted_server: str
    is_active: bool
    imap: ImapWritten | None
    smtp: ServerWritten | None


def imap_account(box: Mailbox, written: ImapWritten) -> ImapAccount:
    """The mailbox's account as it was entered, not stored yet. Raises Invalid by field."""
    account = ImapAccount.objects.filter(mailbox=box).first() or ImapAccount(mailbox=box)
    before = (account.host, account.user, account.folder)
    _fill(account, written, "imap")
    account.folder = clean_line(written.folder) or "INBOX"
    account.afterwards, account.target = written.afterwards, clean_line(written.target)
    if account.afterwards == ImapAccount.Afterwards.MOVE and account.target in ("", account.folder):
        raise Invalid({"target": _("Name another folder than the one that is read.")})
    if before != (account.host, account.user, account.folder):
        # Other mails have these numbers.
        account.uid_validity, account.last_read_at, account.waiting = None, None, {}
    return account


def smtp_account(box: Mailbox, written: ServerWritten) -> SmtpAccount:
    """The mailbox's server for outgoing mail as it was entered, not stored. Raises Invalid by field."""
    account = SmtpAccount.objects.filter(mailbox=box).first() or SmtpAccount(mailbox=box)
    _fill(account, written, "smtp")
    return account


def _fill(account: ServerAccount, written: ServerWritten, prefix: str) -> None:
    before = {name: getattr(account, name) for name in SECRET_GOES_TO} if account.pk else {}
    account.host, account.port = clean_line(written.host, 253).lower(), written.port
    account.security, account.user = written.security, clean_line(written.user, 254)
    account.sign_in, account.is_active = written.sign_in, True
    _refuse_gaps(account, prefix)
    moved = {name: getattr(account, name) for name in SECRET_GOES_TO} != before
    if written.password:
        account.password = written.password
    elif moved:
        account.sealed_password = ""
    if not account.uses_grant and account.user and not account.sealed_password:
        words = _("Enter the password: it is told to no other server than the one it was entered for.")
        raise Invalid({f"{prefix}_password": words})


def _refuse_gaps(account: ServerAccount, prefix: str) -> None:
    if not account.host:
        raise Invalid({f"{prefix}_host": _("Name the server.")})
    if not 0 < account.port < 65536:
        raise Invalid({f"{prefix}_port": _("A port is a number from 1 to 65535.")})
    if prefix == "imap" and not account.user:
        raise Invalid({"imap_user": _("Name the user.")})


def forget_stray_grant(box: Mailbox, before: ImapAccount | None, account: ImapAccount | None) -> None:
    """A permission is for the server and user for which it was given."""
    same = before and account and (before.host, before.user) == (account.host, account.user)
    if before and not same:
        Grant.objects.filter(mailbox=box).delete()
