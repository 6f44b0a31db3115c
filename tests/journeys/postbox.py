"""Where the mails of a journey arrive: a real SMTP server that keeps what it takes."""

import threading
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.ports import free_port

PATIENCE = 60


class Postbox:
    """Keeps every mail it is sent; `wait_for` hands one out as soon as it is there."""

    def __init__(self) -> None:
        self._arrived = threading.Condition()
        self._mails: list[EmailMessage] = []
        self.port = free_port()
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._controller.stop()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep a mail."""
        content = envelope.original_content or b""
        mail = message_from_bytes(content, policy=policy.default)
        with self._arrived:
            self._mails.append(mail)
            self._arrived.notify_all()
        return "250 kept"

    def wait_for(self, to: str, fits: Callable[[EmailMessage], bool]) -> EmailMessage:
        """The newest mail to this address that fits; waits for it a minute at most."""

        def found() -> EmailMessage | None:
            return next((m for m in reversed(self._mails) if to in m["To"] and fits(m)), None)

        with self._arrived:
            assert self._arrived.wait_for(lambda: found() is not None, PATIENCE), f"no such mail to {to}"
            mail = found()
        assert mail is not None
        return mail

    def all_to(self, to: str) -> list[EmailMessage]:
        """Every mail to this address so far."""
        with self._arrived:
            return [mail for mail in self._mails if to in mail["To"]]


def text_of(mail: EmailMessage) -> str:
    """The plain text of a mail."""
    body = mail.get_body(("plain",))
    assert body is not None, "every mail has a plain text"
    return str(body.get_content())
