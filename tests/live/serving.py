"""Pages and streams at one address, as `bin/serve` has them, over the test's database."""

import http.client
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from queue import Empty, Queue
from typing import Any

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer
from django.test import Client
from django.test.testcases import QuietWSGIRequestHandler

from caseway.accounts.models import Person
from caseway.core.http.beside import StreamsBeside
from tests.faults.processes import environment, running, wait_until
from tests.ports import free_port

HOST = "127.0.0.1"


@contextmanager
def stream_server(port: int) -> Iterator[Any]:
    """The process that makes streams, ready when the block begins."""
    words = ["--interface", "asgi", "--host", HOST, "--port", str(port), "--log-level", "error", "--no-ws"]
    env = environment(CASEWAY_THREADS="1")
    with running("-m", "granian", *words, "config.asgi:application", env=env) as process:
        wait_until(lambda: status_of(port) == 401, 40)
        yield process


def status_of(port: int) -> int:
    """What the stream server answers somebody without a session; 0 where there is none."""
    line = http.client.HTTPConnection(HOST, port, timeout=5)
    with suppress(OSError, http.client.HTTPException):
        line.request("GET", "/events")
        return line.getresponse().status
    return 0


@contextmanager
def pages(events_port: int) -> Iterator[str]:
    """The address of the pages, with the streams beside them."""
    port = free_port()
    server = ThreadedWSGIServer((HOST, port), QuietWSGIRequestHandler)
    inner = StaticFilesHandler(WSGIHandler())
    server.set_app(StreamsBeside(inner, path="/events", host=HOST, port=events_port, most=50))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://{HOST}:{port}"
    finally:
        server.shutdown()
        server.server_close()


def session_of(person: Person) -> str:
    """The key of a new session of theirs."""
    client = Client()
    client.force_login(person)
    return client.cookies["session"].value


@dataclass(frozen=True)
class Event:
    """One event, as a browser would get it."""

    kind: str
    data: Any
    position: str


class Reader:
    """Reads a stream in a thread of its own."""

    def __init__(self, port: int, session: str, *, at: str = "desk", after: str = "") -> None:
        self.line = http.client.HTTPConnection(HOST, port, timeout=40)
        headers = {"Cookie": f"session={session}", "Host": "localhost"}
        self.line.request(
            "GET", f"/events?at={at}", headers=headers | ({"Last-Event-ID": after} if after else {})
        )
        self.answer = self.line.getresponse()
        self.status = self.answer.status
        self.events: Queue[Event | None] = Queue()
        self.position = after
        self.passed: list[Event] = []
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        fields: dict[str, str] = {}
        with suppress(OSError, http.client.HTTPException, AttributeError, ValueError):
            while line := self.answer.readline():
                name, _, value = line.decode().rstrip("\n").partition(": ")
                if name:
                    fields[name] = value
                    continue
                self.position = fields.get("id", self.position)
                if "event" in fields:
                    self.events.put(Event(fields["event"], json.loads(fields["data"]), self.position))
                fields = {}
        self.events.put(None)

    def next(self, kind: str, seconds: float = 15) -> Event:
        """The next event of this kind; others before it are passed by."""
        while True:
            found = self.events.get(timeout=seconds)
            assert found is not None, "the stream ended"
            if found.kind == kind:
                return found
            self.passed.append(found)

    def has_ended(self, seconds: float) -> bool:
        """Whether the server hangs up within so many seconds."""
        with suppress(Empty):
            while self.events.get(timeout=seconds) is not None:
                pass
            return True
        return False

    def rest(self, seconds: float = 1.0) -> list[Event]:
        """What else comes within so many seconds."""
        found: list[Event] = []
        with suppress(Empty):
            while one := self.events.get(timeout=seconds):
                found.append(one)
        return found

    def close(self) -> None:
        """Hang up; the thread that reads must end first, or closing waits for its next byte."""
        with suppress(OSError, AttributeError):
            self.line.sock.shutdown(socket.SHUT_RDWR)
        self.line.close()
