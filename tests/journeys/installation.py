"""A whole Caseway for a journey: database, web, worker and mail listener, as `bin/serve` runs them."""

import os
import shutil
import smtplib
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from tests.journeys.postbox import Postbox
from tests.ports import free_port

PATIENCE = 240


@dataclass(frozen=True)
class Installation:
    """Where it answers, and where its mails arrive."""

    port: int
    lmtp_port: int
    postbox: Postbox
    folder: Path

    @property
    def desk(self) -> str:
        """The address of the desk's host."""
        return f"http://localhost:{self.port}"

    @property
    def portal(self) -> str:
        """The address of Larkfield's portal."""
        return f"http://larkfield.localhost:{self.port}"

    def run(self, *words: str) -> str:
        """What a module of Python prints that runs in this installation, as its administrator would."""
        environment = {**os.environ, "CASEWAY_DATA_DIR": str(self.folder)}
        environment.pop("CASEWAY_DATABASE_URL", None)
        command = [sys.executable, "-m", *words]
        return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout

    def deliver(self, mail: EmailMessage, to: str) -> None:
        """Hand a mail in as the mail server in front would: by LMTP, to this recipient."""
        with smtplib.LMTP("127.0.0.1", self.lmtp_port) as server:
            server.send_message(mail, to_addrs=[to])


@contextmanager
def installed() -> Iterator[Installation]:
    """Install and run Caseway with the demo world in a folder of its own, until the block ends."""
    folder = Path(tempfile.mkdtemp(prefix="cw-"))
    port, smtp_port, lmtp_port = free_port(), free_port(), free_port()
    with Postbox() as postbox:
        environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith(("CASEWAY_", "DJANGO_"))},
            "CASEWAY_SMTP_URL": f"smtp://127.0.0.1:{postbox.port}",
            "CASEWAY_MAIL_SMTP_PORT": str(smtp_port),
            "CASEWAY_MAIL_LMTP_PORT": str(lmtp_port),
        }
        command = [sys.executable, "-m", "caseway.cli", "serve", "--port", str(port), "--data", str(folder)]
        with (folder / "serve.log").open("w") as log:
            server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
            try:
                _await_ready(port, server, folder / "serve.log")
                yield Installation(port, lmtp_port, postbox, folder)
            finally:
                server.terminate()
                server.wait(60)
    shutil.rmtree(folder, ignore_errors=True)


def _await_ready(port: int, server: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready", timeout=2):
                return
        except OSError:
            time.sleep(0.25)
    raise AssertionError(f"Caseway did not get ready:\n{log.read_text()[-3000:]}")
