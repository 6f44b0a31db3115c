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
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from caseway.core.database import keeper
from caseway.core.database.place import Place
from config.values import ROOT
from tests.faults.databases import lives, value, wait_until

pytestmark = [pytest.mark.fault, pytest.mark.xdist_group("serve")]
PATIENCE = 90


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
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One data folder for the module, so that the first test pays for the first start."""
    return tmp_path_factory.mktemp("serve") / "var"


@pytest.fixture
def running(data: Path) -> Iterator[Serving]:
    with serving(data, "--empty", "--workers", "1") as serve:
        yield serve


def test_it_starts_everything_and_ctrl_c_stops_everything(data):
    with serving(data, "--empty", "--workers", "1") as running:
        assert f"http://localhost:{running.port}/desk/" in running.printed
        assert "Demo sign-ins" not in running.printed
        assert wait_until(lambda: running.readiness().get("queue") == "ok")
        assert running.readiness() == {"database": "ok", "migrations": "ok", "queue": "ok"}
        names = " ".join(running.family().values())
        assert all(part in names for part in ("granian", "cli worker", "mail listen", "keeper.py"))

        began = time.monotonic()
        running.process.send_signal(signal.SIGINT)
        assert running.process.wait(PATIENCE) == 0

    assert time.monotonic() - began < 30
    assert running.ended()
    assert "database system is shut down" in Place(data).log.read_text()


def test_a_second_start_is_quick_and_finds_the_data(running):
    seconds = float(re.findall(r"after ([0-9.]+) s", running.printed)[0])

    assert seconds < 30  # ten on a machine that does nothing else
    assert not re.search("Making|Bringing|Building", running.printed)
    assert value(Place(running.data), "SELECT count(*) > 50 FROM django_migrations") is True


def test_nothing_outlives_a_kill(running):
    family = running.family()
    assert len(family) >= 5

    running.process.kill()
    running.process.wait()

    assert running.ended()


@pytest.mark.parametrize("name", ["granian", "cli worker", "mail listen"])
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
