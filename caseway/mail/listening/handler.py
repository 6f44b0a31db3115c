"""What the listener answers (RFC 5321, RFC 2033)."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

import structlog
from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session
from asgiref.sync import sync_to_async
from django.db import DatabaseError, InterfaceError, close_old_connections

from caseway.mail.incoming.storing import mailbox_of
from caseway.mail.incoming.taking import take

T = TypeVar("T")
log = structlog.get_logger("caseway.mail.listening")

MOST_RECIPIENTS = 100
TRY_LATER = "451 4.3.0 The mail can't be stored now, please try again later"
NO_SUCH_ADDRESS = "550 5.1.1 There is no such address here"
TOO_MANY = "452 4.5.3 Too many recipients, send the rest later"
TAKEN = "250 2.0.0 Stored"


class Handler:
    """Checks recipients, stores mails. Nothing is acknowledged before it is committed."""

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take mail for our mailboxes only, and for their signed forms."""
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return TOO_MANY
        try:
            known = await _in_thread(partial(_is_ours, address))
        except (DatabaseError, InterfaceError):
            log.exception("a recipient could not be looked up")
            return TRY_LATER
        if not known:
            return NO_SUCH_ADDRESS
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Store the mail, once for each organisation, and have it processed.

        LMTP wants an answer for each recipient (RFC 2033, section 4.2).
        """
        answers = len(envelope.rcpt_tos) if isinstance(server, LMTP) else 1
        content = envelope.original_content or b""
        try:
            await _in_thread(partial(_store, content, list(envelope.rcpt_tos), envelope.mail_from))
        except (DatabaseError, InterfaceError, OSError, MemoryError):
            log.exception("a mail could not be stored")
            return "\r\n".join([TRY_LATER] * answers)
        return "\r\n".join([TAKEN] * answers)

    async def handle_exception(self, error: Exception) -> str:
        """A defect of ours is no reason to refuse a mail for good."""
        log.error("the listener failed", exc_info=error)
        return TRY_LATER


def _is_ours(address: str) -> bool:
    return mailbox_of(address) is not None


def _store(content: bytes, recipients: list[str], sender: str | None) -> None:
    take(content, recipients=recipients, envelope_from=sender or "")


def _on_a_fresh_connection(ask: Callable[[], T]) -> T:
    close_old_connections()
    try:
        return ask()
    finally:
        close_old_connections()


async def _in_thread(ask: Callable[[], T]) -> T:
    """Run what asks the database in a thread: the loop goes on with other connections."""
    return await sync_to_async(_on_a_fresh_connection, thread_sensitive=False)(ask)
