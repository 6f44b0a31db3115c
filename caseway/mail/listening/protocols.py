"""SMTP and LMTP as we speak them (RFC 5321, RFC 2033), over aiosmtpd.

Data end with CR LF . CR LF and nothing else, so that no mail is smuggled in another one's text: a bare LF
before a dot is part of what the mail says.
"""

import asyncio
import logging
from typing import Any

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP

from .connections import Connections

LONGEST_LINE = 8_000_000
"""RFC 5321 says 1,000 bytes; what breaks the rule is taken all the same, and none is lost."""
PATIENCE = 120.0
"""Seconds for a command, or for another `PACE` bytes of a mail: what trickles is cut off."""
PACE = 100_000
TOO_MANY = b"421 4.7.0 Too many connections, please come again later\r\n"

# It logs each command with its addresses.
logging.getLogger("mail.log").setLevel(logging.ERROR)


class Patient(SMTP):
    """Takes long lines, counts connections, and waits for whom sends at a fair pace."""

    line_length_limit = LONGEST_LINE

    def __init__(self, *arguments: Any, connections: Connections, **named: Any) -> None:
        super().__init__(*arguments, timeout=PATIENCE, **named)
        self.connections = connections
        self.client: str | None = None
        self.came = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take the client in, unless there are too many; after STARTTLS it is the same client."""
        if self.client is None:
            client = str((transport.get_extra_info("peername") or ("",))[0])
            if not self.connections.take(client):
                assert isinstance(transport, asyncio.Transport)  # noqa: S101 - for the type checker
                transport.write(TOO_MANY)
                transport.close()
                return
            self.client = client
        super().connection_made(transport)

    def data_received(self, data: bytes) -> None:
        """Hand on what came; at a fair pace there is time for more."""
        if self.client is None:
            return
        self.came += len(data)
        if self.came > PACE:
            self.came = 0
            self._reset_timeout()
        super().data_received(data)

    def eof_received(self) -> bool | None:
        """The client sends nothing more."""
        return super().eof_received() if self.client is not None else None

    def connection_lost(self, error: Exception | None) -> None:
        """Let the client go."""
        if self.client is not None:
            self.connections.give_back(self.client)
            super().connection_lost(error)


class CasewaySMTP(Patient):
    """SMTP."""


class CasewayLMTP(Patient, LMTP):
    """LMTP: an answer for each recipient."""
