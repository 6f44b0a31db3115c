"""An SMTP server in a process of its own that counts what it takes: `python -m tests.faults.sink PORT FILE`.

One line of FILE for each mail: Message-ID, recipient, digest of the content. The line is written before the
mail is acknowledged, since a client that dies in between has delivered it.
"""

import asyncio
import hashlib
import sys
from email import message_from_bytes
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session


class Sink:
    """Takes everything after a short time; addresses that begin with a code are answered with it."""

    def __init__(self, log: Path, seconds: float) -> None:
        self.log = log
        self.seconds = seconds

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        local = address.partition("@")[0]
        if local[:3] in ("451", "550"):
            return f"{local[:3]} as you wish"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.original_content or b""
        header_id = message_from_bytes(content)["Message-ID"]
        digest = hashlib.sha256(content).hexdigest()
        with self.log.open("a", encoding="utf-8") as log:
            log.write(f"{header_id} {envelope.rcpt_tos[0]} {digest}\n")
        await asyncio.sleep(
            float(envelope.rcpt_tos[0].partition("@")[0].partition("slow")[2] or self.seconds)
        )
        return "250 taken"


async def main(port: int, log: Path, seconds: float) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(Sink(log, seconds), hostname="sink.example"), "127.0.0.1", port
    )
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3])))
