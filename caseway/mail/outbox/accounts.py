"""Speaking SMTP to the server of one mailbox, which somebody typed into a form."""

import smtplib
import socket
import ssl

from caseway.core.outbound import connect
from caseway.core.sealing import Unreadable
from caseway.mail.granting.tokens import access_token_of
from caseway.mail.models import SmtpAccount, Trouble
from caseway.mail.troubles import Troubled

from .smtp import SmtpRelay, Unreachable


class _Plain(smtplib.SMTP):
    """Connects where one may connect to."""

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        return connect(host, port, timeout=timeout)


class _Secure(smtplib.SMTP_SSL):
    """The same, under TLS from its first byte."""

    context: ssl.SSLContext

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        return self.context.wrap_socket(connect(host, port, timeout=timeout), server_hostname=host)


class AccountRelay(SmtpRelay):
    """The server of a mailbox; signs in by password, or by a permission of the provider."""

    plain, secure = _Plain, _Secure

    def __init__(self, account: SmtpAccount) -> None:
        super().__init__(account)
        self.account = account

    def ready(self) -> None:
        """Connect. Raises Unreachable."""
        try:
            super().ready()
        except Unreadable as error:
            raise Unreachable(Trouble.NO_PASSWORD.told("")) from error
        except Troubled as troubled:
            raise Unreachable(str(troubled)) from troubled

    def sign_in(self, connection: smtplib.SMTP) -> None:
        """With the token as Google and Microsoft want it (XOAUTH2), or as any server does."""
        if not self.account.uses_grant:
            super().sign_in(connection)
            return
        token = access_token_of(self.account.mailbox)
        words = f"user={self.account.user}\1auth=Bearer {token}\1\1"
        connection.ehlo_or_helo_if_needed()
        # A second question is the server's reason for its no; nothing is left to say to it.
        connection.auth("XOAUTH2", lambda challenge=None: "" if challenge else words)
