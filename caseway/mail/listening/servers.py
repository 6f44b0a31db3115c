"""The two servers in one loop, until told to stop."""

import asyncio
import signal
from collections.abc import Callable

import structlog
from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP

from caseway.mail.limits import MOST_BYTES

from .handler import Handler

log = structlog.get_logger("caseway.mail.listening")

LONGEST_LINE = 8_000_000
"""RFC 5321 says 1,000 bytes; what breaks the rule is taken all the same, and none is lost."""


class CasewaySMTP(SMTP):
    """SMTP that takes long lines."""

    line_length_limit = LONGEST_LINE


class CasewayLMTP(LMTP):
    """LMTP that takes long lines."""

    line_length_limit = LONGEST_LINE


async def listen(host: str, *, smtp_port: int, lmtp_port: int, hostname: str) -> None:
    """Take mails until SIGTERM or SIGINT. A port of 0 is not listened on.

    Raises OSError where a port can't be had.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for signum in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(signum, stop.set)
    servers = []
    for protocol, port in ((CasewaySMTP, smtp_port), (CasewayLMTP, lmtp_port)):
        if port:
            servers.append(await loop.create_server(_factory(protocol, hostname), host, port))
    log.info("mail listener ready", host=host, smtp=smtp_port, lmtp=lmtp_port)
    await stop.wait()
    for server in servers:
        server.close()


def _factory(protocol: type[SMTP], hostname: str) -> Callable[[], SMTP]:
    def make() -> SMTP:
        return protocol(
            Handler(),
            hostname=hostname,
            ident="Caseway",
            data_size_limit=MOST_BYTES,
            enable_SMTPUTF8=True,
            loop=asyncio.get_running_loop(),
        )

    return make
