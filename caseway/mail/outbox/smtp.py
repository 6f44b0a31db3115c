"""Speaking SMTP to the relay, over one connection that is kept."""

import smtplib
import ssl
import time
from contextlib import suppress
from typing import Protocol

from caseway.mail.models import Delivery

from .mime import as_bytes, envelope_sender

CONNECT_SECONDS = 10.0
COMMAND_SECONDS = 30.0
DATA_SECONDS = 600.0
"""RFC 5321, section 4.5.3.2.6: a server may take ten minutes to accept a mail. Giving up sooner
would send it twice; the claim is renewed meanwhile."""
FRESH_SECONDS = 5.0
CONNECTION_REFUSED = frozenset({421, 530})
"""Answers about the connection, not the mail: the server closes (RFC 5321), or wants a login
(RFC 4954, section 6) or STARTTLS (RFC 3207, section 4) first."""


class MailServer(Protocol):
    """Where the relay answers, as CASEWAY_SMTP_URL says; `security` is none, starttls or tls."""

    @property
    def host(self) -> str: ...
    @property
    def port(self) -> int: ...
    @property
    def user(self) -> str: ...
    @property
    def password(self) -> str: ...
    @property
    def security(self) -> str: ...


class Unreachable(Exception):
    """The relay can't be used now, for any mail."""


class Refused(Exception):
    """The relay answered no to this mail: for good (5xx), or for now (4xx)."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(f"{code} {text}")
        self.is_permanent = 500 <= code < 600


class SmtpRelay:
    """One connection, opened when it is needed and hung up when it fails."""

    keeps_no_copy = True
    plain, secure = smtplib.SMTP, smtplib.SMTP_SSL

    def __init__(self, server: MailServer) -> None:
        self.server = server
        self.name = server.host
        self._connection: smtplib.SMTP | None = None
        self._used_at = 0.0

    def ready(self) -> None:
        """Connect, or ask an idle connection whether it still stands. Raises Unreachable."""
        self._standing()

    def carry(self, delivery: Delivery) -> None:
        """Send one mail. Raises Refused or Unreachable; after Unreachable it may have arrived."""
        connection = self._standing()
        try:
            sender, content = envelope_sender(delivery), as_bytes(delivery)
        except (ValueError, UnicodeError) as error:
            raise Refused(553, f"this address can't be written to: {error}") from error
        try:
            self._transaction(connection, sender, delivery.address, content)
        except (OSError, smtplib.SMTPServerDisconnected) as error:
            self.close()
            raise Unreachable(self._why(error)) from error
        self._used_at = time.monotonic()

    def close(self) -> None:
        """Hang up, politely if the other side listens."""
        if self._connection is not None:
            with suppress(OSError, smtplib.SMTPException):
                self._connection.quit()
            self._connection.close()
            self._connection = None

    def _standing(self) -> smtplib.SMTP:
        connection = self._connection
        if connection is None or not self._still_stands(connection):
            self.close()
            try:
                connection = self._connection = self._connected()
            except (OSError, smtplib.SMTPException, UnicodeError) as error:
                raise Unreachable(self._why(error)) from error
            self._used_at = time.monotonic()
        return connection

    def _still_stands(self, connection: smtplib.SMTP) -> bool:
        if time.monotonic() - self._used_at < FRESH_SECONDS:
            return True
        try:
            return connection.noop()[0] == 250
        except (OSError, smtplib.SMTPException):
            return False

    def _connected(self) -> smtplib.SMTP:
        """A connection that the server's certificate and our password have made a trusted one.

        Where it can't be, nothing is said without it: neither a password nor a mail.
        """
        server = self.server
        context = ssl.create_default_context()
        connection: smtplib.SMTP
        if server.security == "tls":
            connection = self.secure(server.host, server.port, timeout=CONNECT_SECONDS, context=context)
        else:
            connection = self.plain(server.host, server.port, timeout=CONNECT_SECONDS)
        try:
            if server.security == "starttls":
                connection.starttls(context=context)
            if server.user:
                self.sign_in(connection)
            connection.ehlo_or_helo_if_needed()
        except BaseException:
            connection.close()
            raise
        return connection

    def sign_in(self, connection: smtplib.SMTP) -> None:
        """Say who we are."""
        connection.login(self.server.user, self.server.password)

    def _why(self, error: Exception) -> str:
        """The trouble in words that tell the operator which setting to look at."""
        match error:
            case ssl.SSLCertVerificationError():
                return f"The certificate of {self.name} is not trusted: {error.verify_message}"
            case smtplib.SMTPAuthenticationError():
                answer = error.smtp_error
                words = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
                return f"{self.name} takes neither this user nor this password: {error.smtp_code} {words}"
            case smtplib.SMTPNotSupportedError():
                return f"{self.name} can't do what the settings ask for: {error}"
            case UnicodeError():
                return f"{self.name} takes user and password in ASCII only"
            case _:
                return f"{type(error).__name__}: {error}"

    def _transaction(self, smtp: smtplib.SMTP, sender: str, address: str, content: bytes) -> None:
        _wait_at_most(smtp, COMMAND_SECONDS)
        options = []
        if not (sender + address).isascii():
            if not smtp.has_extn("smtputf8"):
                raise Refused(553, "the mail server takes no addresses of other alphabets")
            options.append("SMTPUTF8")
        self._demand(smtp, smtp.mail(sender, options), 250)
        self._demand(smtp, smtp.rcpt(address), 250, 251)
        _wait_at_most(smtp, DATA_SECONDS)
        try:
            self._demand(smtp, smtp.data(content), 250)
        except smtplib.SMTPDataError as error:
            self._demand(smtp, (error.smtp_code, error.smtp_error), 250)

    def _demand(self, smtp: smtplib.SMTP, answer: tuple[int, bytes | str], *accepted: int) -> None:
        code, text = answer
        if code in accepted:
            return
        words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
        if code in CONNECTION_REFUSED or code < 0:
            self.close()
            raise Unreachable(f"{code} {words}")
        with suppress(OSError, smtplib.SMTPException):
            smtp.rset()
        raise Refused(code, words)


def _wait_at_most(smtp: smtplib.SMTP, seconds: float) -> None:
    if smtp.sock is None:
        raise smtplib.SMTPServerDisconnected("the connection is closed")
    smtp.sock.settimeout(seconds)
