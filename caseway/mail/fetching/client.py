"""IMAPClient over connections of our own making (caseway.core.outbound)."""

import imaplib
import logging
import socket
import ssl
from collections.abc import Sequence

from imapclient import IMAPClient, SocketTimeout

from caseway.core.outbound import connect

CONNECT_SECONDS = 15.0
ANSWER_SECONDS = 60.0

# At `debug` it would log every line of every mail.
logging.getLogger("imapclient").setLevel(logging.WARNING)


class _Imap(imaplib.IMAP4):
    """The connection below: guarded, and under TLS from its first byte where there is a context."""

    def __init__(self, host: str, port: int, context: ssl.SSLContext | None) -> None:
        self._context = context
        super().__init__(host, port, timeout=CONNECT_SECONDS)

    def _create_socket(self, timeout: float | None) -> socket.socket:
        plain = connect(self.host, self.port, timeout=timeout or CONNECT_SECONDS)
        if self._context is None:
            return plain
        try:
            return self._context.wrap_socket(plain, server_hostname=self.host)
        except BaseException:
            plain.close()
            raise


class Client(IMAPClient):
    """One connection; certificates are checked against the system's own list."""

    def __init__(self, host: str, port: int, *, tls: bool) -> None:
        context = ssl.create_default_context() if tls else None
        timeout = SocketTimeout(CONNECT_SECONDS, ANSWER_SECONDS)
        super().__init__(host, port, ssl=tls, ssl_context=context, timeout=timeout)
        self._imap.debug = 0
        self._is_read_ahead = False

    def idle(self) -> None:
        """Begin to idle. A server may tell of news before it agrees, which IMAPClient takes ill."""
        self._idle_tag = self._imap._command("IDLE")
        while self._imap._get_response() is not None:
            if self._imap.tagged_commands.get(self._idle_tag):
                raise self.Error("IDLE was refused")
        self._is_read_ahead = True

    def _poll_socket(self, sock: socket.socket, timeout: float | None = None) -> Sequence[object]:
        """What came in one packet with the server's consent is read already: no poll can see it."""
        if self._is_read_ahead:
            self._is_read_ahead = False
            return [sock]
        found: Sequence[object] = super()._poll_socket(sock, timeout)
        return found

    def pending(self, kind: str) -> bool:
        """Whether an answer of this kind came beside others since this was asked last."""
        return bool(self._imap.response(kind)[1] != [None])

    def _create_IMAP4(self) -> imaplib.IMAP4:  # noqa: N802 - IMAPClient's name
        return _Imap(self.host, self.port, self.ssl_context)
