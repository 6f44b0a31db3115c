"""The two servers in one loop, until told to stop."""

import asyncio
import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import structlog

from caseway.mail.limits import MOST_BYTES

from .certificate import Certificate
from .connections import Connections
from .handler import Handler
from .protocols import CasewayLMTP, CasewaySMTP, Patient

log = structlog.get_logger("caseway.mail.listening")


@dataclass(frozen=True)
class Listening:
    """Where to listen, under which name; a port of 0 is not listened on. LMTP never leaves one's own
    machines, so that only SMTP offers STARTTLS."""

    host: str
    smtp_port: int
    lmtp_port: int
    hostname: str
    certificate: Path | None = None


async def listen(where: Listening) -> None:
    """Take mails until SIGTERM or SIGINT. Raises OSError where a port or the certificate can't be had."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for signum in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(signum, stop.set)
    certificate = Certificate(where.certificate) if where.certificate else None
    connections, servers = Connections(), []
    for protocol, port, shown in (
        (CasewaySMTP, where.smtp_port, certificate),
        (CasewayLMTP, where.lmtp_port, None),
    ):
        if port:
            make = _factory(protocol, where.hostname, connections, shown)
            servers.append(await loop.create_server(make, where.host, port))
    log.info("mail listener ready", host=where.host, smtp=where.smtp_port, lmtp=where.lmtp_port)
    await stop.wait()
    for server in servers:
        server.close()


def _factory(
    protocol: type[Patient], hostname: str, connections: Connections, certificate: Certificate | None
) -> Callable[[], Patient]:
    def make() -> Patient:
        return protocol(
            Handler(),
            connections=connections,
            hostname=hostname,
            ident="Caseway",
            data_size_limit=MOST_BYTES,
            enable_SMTPUTF8=True,
            tls_context=certificate.context() if certificate else None,
            loop=asyncio.get_running_loop(),
        )

    return make
