"""`caseway serve` from outside: it starts everything, and nothing outlives it."""

import contextlib
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from caseway.core.database import keeper
from caseway.core.database.place import Place
from config.values import ROOT
from tests.faults.databases import lives, value, wait_until

pytestmark = [pytest.mark.fault, pytest.mark.xdist_group("serve")]
PATIENCE = 240


@dataclass
class Serving:
    """A running `caseway serve`."""

    process: "subprocess.Popen[str]"
    port: int
    data: Path
    log: Path

    @property
    def printed(self) -> str:
        """What it has said so far."""
        return self.log.read_text("utf-8")

    def get(self, path: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        with contextlib.closing(connection):
            connection.request("GET", path, headers={"Host": "localhost"})
            response = connection.getresponse()
            return response.status, response.read().decode()

    def readiness(self) -> dict[str, str]:
        with contextlib.suppress(OSError, http.client.HTTPException):
            return dict(json.loads(self.get("/health/ready")[1]))
        return {}

    def family(self) -> dict[int, str]:
        """Every process below it, with its command line; the database's keeper among them."""
        found: dict[int, str] = {}
        for folder in Path("/proc").iterdir():
            if not folder.name.isdigit():
                continue
            with contextlib.suppress(OSError):
                words = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                environment = (folder / "environ").read_bytes()
                if f"CASEWAY_DATA_DIR={self.data}".encode() in environment or str(self.data) in words:
                    found[int(folder.name)] = words
        return found

    def pid_of(self, words: str) -> int:
        return next(pid for pid, command in sorted(self.family().items()) if words in command)

    def ended(self, within: float = 40.0) -> bool:
        return wait_until(lambda: not any(map(lives, self.family())), within)


def free_ports(number: int) -> list[int]:
    with contextlib.ExitStack() as open_ports:
        probes = [open_ports.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(number)]
        return [probe.getsockname()[1] for probe in probes]


@contextlib.contextmanager
def serving(data: Path, *options: str) -> Iterator[Serving]:
    web, smtp, lmtp = free_ports(3)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CASEWAY_", "DJANGO_"))}
    ports = {"CASEWAY_MAIL_SMTP_PORT": str(smtp), "CASEWAY_MAIL_LMTP_PORT": str(lmtp)}
    argv = [sys.executable, "-m", "caseway.cli", "serve", "--data", str(data), "--port", str(web), *options]
    log = data.parent / f"serve-{web}.log"
    with log.open("w") as file:
        process = subprocess.Popen(argv, cwd=ROOT, env=kept | ports, stdout=file, stderr=file, text=True)
    running = Serving(process, web, data, log)
    try:
        settled = wait_until(
            lambda: "Ctrl-C stops it" in running.printed or process.poll() is not None, PATIENCE
        )
        assert settled, running.printed
        yield running
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        process.wait(PATIENCE)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """One installation for all tests that leave it running."""
    with serving(tmp_path_factory.mktemp("serve") / "var", "--empty", "--workers", "1") as serve:
        assert wait_until(lambda: serve.readiness().get("queue") == "ok", 60)
        yield serve


def test_the_life_of_an_installation(tmp_path):
    """A first start, Ctrl-C, a second start, `kill -9`, a third start."""
    data, options = tmp_path / "var", ("--empty", "--workers", "1")

    with serving(data, *options) as first:
        assert "Making the database" in first.printed
        assert f"http://localhost:{first.port}/desk/" in first.printed
        assert "Demo sign-ins" not in first.printed
        assert wait_until(lambda: first.readiness().get("queue") == "ok", 60)
        names = " ".join(first.family().values())
        parts = ("config.rsgi", "config.asgi", "cli worker", "mail listen", "keeper.py")
        assert all(part in names for part in parts)
        first.process.send_signal(signal.SIGINT)
        assert first.process.wait(PATIENCE) == 0
    assert first.ended()
    assert "database system is shut down" in Place(data).log.read_text()

    with serving(data, *options) as second:
        seconds = float(re.findall(r"after ([0-9.]+) s", second.printed)[0])
        assert seconds < 30  # ten on a machine that does nothing else
        assert not re.search("Making|Bringing", second.printed)
        assert value(Place(data), "SELECT count(*) > 50 FROM django_migrations") is True
        second.process.kill()
        second.process.wait()
        assert second.ended()

    with serving(data, *options) as third:
        assert third.readiness()["database"] == "ok"


@pytest.mark.parametrize("name", ["config.rsgi", "config.asgi", "cli worker", "mail listen"])
def test_a_process_that_dies_comes_back(running, name):
    killed = running.pid_of(name)

    os.kill(killed, signal.SIGKILL)

    def is_back():
        with contextlib.suppress(StopIteration):
            return running.pid_of(name) != killed and lives(running.pid_of(name))
        return False

    assert wait_until(lambda: not lives(killed))
    assert wait_until(is_back, 30)
    assert wait_until(lambda: running.readiness().get("database") == "ok", 60)
    # 401 from the stream server, over the web server: nobody is signed in here.
    assert wait_until(lambda: running.get("/events")[0] == 401, 60)


def test_the_database_comes_back_with_its_keeper(running):
    place = Place(running.data)
    former, _ = keeper.status_of(place.cluster)

    os.kill(int((place.locks / "keeper").read_text()), signal.SIGKILL)

    assert wait_until(lambda: keeper.status_of(place.cluster)[0] not in {0, former}, 60)
    assert wait_until(lambda: running.readiness().get("database") == "ok", 60)
    assert value(Place(running.data), "SELECT 1") == 1


def test_only_one_at_a_time(running):
    with serving(running.data) as second:
        assert second.process.wait(PATIENCE) == 2

    assert f"another caseway serve runs on the data folder {running.data}" in second.printed
