"""`kill -9` of the web server amid an upload: it goes on after the restart, and the file is whole."""

import contextlib
import hashlib
import http.client
import json
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.test import Client

from caseway.cases.files.storing import open_stored
from caseway.cases.files.tests.sending import FILES, pieces
from caseway.cases.models import Attachment, StoredFile, UploadPart
from caseway.demo.cast import make_cast
from tests.faults.processes import environment, running, wait_until
from tests.ports import free_port

pytestmark = [pytest.mark.fault, pytest.mark.django_db(transaction=True)]
HOST = "larkfield.localhost"
TOKEN = "t" * 32
CONTENT = b"%PDF-1.7" + hashlib.shake_256(b"drawings").digest(3_400_000)
Process = subprocess.Popen[str]


@contextmanager
def web(port: int) -> Iterator[Process]:
    """A web server on this port that answers."""
    argv = ["-m", "granian", "--interface", "rsgi", "--port", str(port), "--log-level", "error"]
    with running(*argv, "config.rsgi:application", env=environment()) as process:
        wait_until(lambda: _answers(port), 60)
        yield process


def _answers(port: int) -> bool:
    with contextlib.suppress(OSError, http.client.HTTPException):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        with contextlib.closing(connection):
            connection.request("GET", "/health/live", headers={"Host": "localhost"})
            return connection.getresponse().status == 200
    return False


def kill(process: Process, port: int) -> None:
    """End it as the kernel would; its own process for requests goes with it."""
    process.send_signal(signal.SIGKILL)
    process.wait()
    wait_until(lambda: not _listens(port), 20)


def _listens(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


class Browser:
    """Kim's browser, which has signed in before."""

    def __init__(self, port: int) -> None:
        client = Client()
        client.force_login(make_cast().kim)
        cookies = f"session={client.cookies['session'].value}; {settings.CSRF_COOKIE_NAME}={TOKEN}"
        self.port = port
        self.headers = {"Host": HOST, "Cookie": cookies, "X-CSRFToken": TOKEN, "Connection": "close"}

    def ask(self, method: str, path: str, body: bytes = b"", kind: str = "application/octet-stream") -> Any:
        """The answer's status and its JSON."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        with contextlib.closing(connection):
            connection.request(method, path, body, self.headers | {"Content-Type": kind})
            response = connection.getresponse()
            content = response.read()
        return response.status, json.loads(content) if content.startswith(b"{") else None

    def announce(self) -> dict[str, Any]:
        """Say which file comes."""
        form = urlencode({"name": "drawings.pdf", "size": len(CONTENT)}).encode()
        status, told = self.ask("POST", FILES, form, "application/x-www-form-urlencoded")
        assert status == 201
        return dict(told)

    def bring(self, told: dict[str, Any], *offsets: int) -> None:
        """Send these parts."""
        parts = pieces(CONTENT, told["part_size"])
        for offset in offsets:
            status, _ = self.ask("PUT", told["part_url"].replace("{offset}", str(offset)), parts[offset])
            assert status == 204

    def bring_half(self, told: dict[str, Any], offset: int) -> socket.socket:
        """Send half of a part, on a line that stays open."""
        path = told["part_url"].replace("{offset}", str(offset))
        part = pieces(CONTENT, told["part_size"])[offset]
        said = "".join(f"{name}: {value}\r\n" for name, value in self.headers.items())
        line = socket.create_connection(("127.0.0.1", self.port))
        line.sendall(f"PUT {path} HTTP/1.1\r\n{said}Content-Length: {len(part)}\r\n\r\n".encode())
        line.sendall(part[: len(part) // 2])
        return line

    def begin_to_finish(self, told: dict[str, Any]) -> socket.socket:
        """Ask for the file, and don't wait for the answer."""
        said = "".join(f"{name}: {value}\r\n" for name, value in self.headers.items())
        line = socket.create_connection(("127.0.0.1", self.port))
        line.sendall(f"POST {told['finish_url']} HTTP/1.1\r\n{said}Content-Length: 0\r\n\r\n".encode())
        return line


def assert_whole(finished: tuple[int, dict[str, Any]]) -> None:
    assert finished[0] == 201
    kept = Attachment.objects.select_related("file").get()
    with open_stored(kept.file) as content:
        assert content.read() == CONTENT
    assert StoredFile.objects.count() == 1
    assert not UploadPart.objects.exists()


@pytest.mark.parametrize("amid_a_part", [False, True])
def test_it_goes_on_where_it_was(amid_a_part: bool) -> None:
    port = free_port()
    browser = Browser(port)
    with web(port) as first, contextlib.ExitStack() as lines:
        told = browser.announce()
        browser.bring(told, 0, 2_000_000)
        if amid_a_part:
            lines.enter_context(browser.bring_half(told, 1_000_000))
        kill(first, port)
    with web(port):
        status, now = browser.ask("GET", told["url"])
        assert (status, now["missing"]) == (200, [1_000_000, 3_000_000])
        browser.bring(now, *now["missing"])
        assert_whole(browser.ask("POST", now["finish_url"]))


def test_killed_while_the_parts_are_put_together() -> None:
    port = free_port()
    browser = Browser(port)
    with web(port) as first:
        told = browser.announce()
        browser.bring(told, *told["missing"])
        with browser.begin_to_finish(told):
            kill(first, port)
    with web(port):
        assert browser.ask("GET", told["url"])[1]["missing"] == []
        assert_whole(browser.ask("POST", told["finish_url"]))
