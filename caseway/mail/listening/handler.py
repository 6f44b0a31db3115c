"""What the listener answers (RFC 5321, RFC 2033)."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

import structlog
from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session
from asgiref.sync import sync_to_async
from django.db import DatabaseError, InterfaceError, close_old_connections

from caseway.mail.incoming.storing import mailbox_of, shares_of
from caseway.mail.incoming.taking import take

from .connections import MOST_MAILS, MOST_UNKNOWN

T = TypeVar("T")
log = structlog.get_logger("caseway.mail.listening")

MOST_RECIPIENTS = 100
TRY_LATER = "451 4.3.0 The mail can't be stored now, please try again later"
NO_SUCH_ADDRESS = "550 5.1.1 There is no such address here"
TOO_MANY = "452 4.5.3 Too many recipients, send the rest later"
ENOUGH = "421 4.7.0 That is enough for one connection, please come again"
TAKEN = "250 2.0.0 Stored"
OFFERED = ("250-PIPELINING", "250-ENHANCEDSTATUSCODES")


class Handler:
    """Checks recipients, stores mails. Nothing is acknowledged before it is committed.

    There is one for each connection.
    """

    def __init__(self) -> None:
        self.mails = self.unknown = 0

    async def handle_EHLO(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        """Offer what we understand; nobody signs in here."""
        session.host_name = hostname
        offered = [line for line in responses if not line.startswith("250-AUTH")]
        return [*offered[:-1], *OFFERED, offered[-1]]

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take any sender: whether it can be believed is found out later."""
        if self.mails >= MOST_MAILS:
            return ENOUGH
        self.mails += 1
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 2.1.0 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take mail for our mailboxes only, and for their signed forms."""
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return TOO_MANY
        if self.unknown >= MOST_UNKNOWN:
            return ENOUGH
        try:
            known = await _in_thread(partial(_is_ours, address))
        except (DatabaseError, InterfaceError):
            log.exception("a recipient could not be looked up")
            return TRY_LATER
        if not known:
            self.unknown += 1
            return NO_SUCH_ADDRESS
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Store the mail, once for each organisation, and have it processed.

        LMTP wants an answer for each recipient (RFC 2033, section 4.2): one organisation's trouble
        is no other's. SMTP knows one answer; what is stored already is known when it comes again.
        """
        content, sender = bytes(envelope.original_content or b""), envelope.mail_from or ""
        recipients = list(envelope.rcpt_tos)
        try:
            missed = await _in_thread(partial(_store, content, recipients, sender))
        except (DatabaseError, InterfaceError, OSError, MemoryError):
            log.exception("a mail could not be stored")
            missed = set(recipients)
        if isinstance(server, LMTP):
            return "\r\n".join(TRY_LATER if address in missed else TAKEN for address in recipients)
        return TRY_LATER if missed else TAKEN

    async def handle_exception(self, error: Exception) -> str:
        """A defect of ours is no reason to refuse a mail for good."""
        log.error("the listener failed", exc_info=error)
        return TRY_LATER


def _is_ours(address: str) -> bool:
    return mailbox_of(address) is not None


def _store(content: bytes, recipients: list[str], sender: str) -> set[str]:
    """Store the mail; the recipients of those organisations for which that was not possible.

    Somebody whose mailbox was switched off since we agreed to it is one of them.
    """
    missed = set(recipients)
    for share in shares_of(recipients):
        try:
            take(content, recipients=share.given, envelope_from=sender)
        except (DatabaseError, InterfaceError, OSError, MemoryError):
            log.exception("a mail could not be stored", mailbox=share.mailbox.pk)
        else:
            missed.difference_update(share.given)
    return missed


def _on_a_fresh_connection(ask: Callable[[], T]) -> T:
    close_old_connections()
    try:
        return ask()
    finally:
        close_old_connections()


async def _in_thread(ask: Callable[[], T]) -> T:
    """Run what asks the database in a thread: the loop goes on with other connections."""
    return await sync_to_async(_on_a_fresh_connection, thread_sensitive=False)(ask)
