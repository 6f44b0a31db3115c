"""A real HTTP server that keeps Twilio's contract for messages, for tests.

It answers as its documentation says: 201 with a message, 401 with error 20003 for a wrong sign-in, 400 with
an error code for a wrong form. `moods` are what goes wrong with the next requests.
"""

import base64
import json
import socket
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

from caseway.core.clock import now
from config.values import SmsAccount

ACCOUNT, TOKEN, SENDER = "AC0123456789abcdef0123456789abcdef", "sesame-of-the-sms", "+12025550100"
CODES = {  # as the magic numbers of Twilio's test credentials
    "+15005550001": 21211,
    "+15005550002": 21612,
    "+15005550003": 21408,
    "+15005550004": 21610,
    "+15005550009": 21614,
}
Mood = Callable[["Handler"], bool]
"""Does something to one request; true where nothing more is to be answered."""


@dataclass
class Exchange:
    """What the provider took, and how it feels about the next requests."""

    port: int = 0
    messages: list[dict[str, Any]] = field(default_factory=list)
    requests: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    moods: list[Mood] = field(default_factory=list)

    @property
    def account(self) -> SmsAccount:
        """The account as the settings give it."""
        return SmsAccount(f"http://127.0.0.1:{self.port}", ACCOUNT, ACCOUNT, SENDER, TOKEN)

    @property
    def url(self) -> str:
        """The setting."""
        return f"twilio+http://{ACCOUNT}:{TOKEN}@127.0.0.1:{self.port}?from={SENDER}"

    def posts(self) -> int:
        """How often somebody asked for a message to be sent."""
        return sum(method == "POST" for method, _path, _form in self.requests)

    def take(self, form: dict[str, str]) -> dict[str, Any]:
        """Take a message."""
        made = {
            "sid": f"SM{uuid.uuid4().hex}",
            "to": form["To"],
            "from": form.get("From"),
            "body": form["Body"],
            "status": "queued",
            "error_code": None,
            "date_created": format_datetime(now()),
        }
        self.messages.append(made)
        return made


class Handler(BaseHTTPRequestHandler):
    """One request."""

    protocol_version = "HTTP/1.1"
    exchange: Exchange
    form: dict[str, str]

    def do_POST(self) -> None:
        """Create a message."""
        self._handle(self._create)

    def do_GET(self) -> None:
        """The account, its messages, or one of them."""
        self._handle(self._read)

    def log_message(self, *_args: object) -> None:
        """Say nothing."""

    def say(self, status: int, body: object, **headers: str) -> None:
        """Answer in JSON."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def fail(self, status: int, code: int, **headers: str) -> None:
        """Answer with an error, which repeats the number as Twilio's do."""
        message = f"The 'To' number {self.form.get('To', '')} is not valid."
        self.say(status, {"code": code, "message": message, "status": status}, **headers)

    def _handle(self, answer: Callable[[str], None]) -> None:
        content = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        at = urlsplit(self.path)
        self.form = dict(parse_qsl(content or at.query))
        self.exchange.requests.append((self.command, at.path, self.form))
        if self.exchange.moods and self.exchange.moods.pop(0)(self):
            return
        signed = base64.b64encode(f"{ACCOUNT}:{TOKEN}".encode()).decode()
        base = f"/2010-04-01/Accounts/{ACCOUNT}"
        if self.headers.get("Authorization") != f"Basic {signed}" or not at.path.startswith(base):
            self.fail(401, 20003)
            return
        answer(at.path.removeprefix(base))

    def _create(self, path: str) -> None:
        if path != "/Messages.json":
            self.fail(404, 20404)
        elif code := self._objection():
            self.fail(400, code)
        else:
            self.say(201, self.exchange.take(self.form))

    def _objection(self) -> int:
        if self.headers.get("Content-Type") != "application/x-www-form-urlencoded":
            return 21604
        if not self.form.get("Body"):
            return 21602
        if self.form.get("From") != SENDER and not self.form.get("MessagingServiceSid", "").startswith("MG"):
            return 21212
        return CODES.get(self.form.get("To", ""), 0)

    def _read(self, path: str) -> None:
        if path == ".json":
            self.say(200, {"sid": ACCOUNT, "status": "active"})
        elif path == "/Messages.json":
            to = parse_qs(urlsplit(self.path).query)["To"][0]
            self.say(200, {"messages": [one for one in self.exchange.messages[::-1] if one["to"] == to]})
        else:
            named = path.removeprefix("/Messages/").removesuffix(".json")
            found = next((one for one in self.exchange.messages if one["sid"] == named), None)
            self.say(200, found) if found else self.fail(404, 20404)


@contextmanager
def exchange() -> Iterator[Exchange]:
    """A provider on a port of its own."""
    made = Exchange()
    handler = type("Bound", (Handler,), {"exchange": made})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    made.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()


def failing(status: int, code: int = 0, **headers: str) -> Mood:
    """Answer one request with an error."""

    def mood(request: Handler) -> bool:
        request.fail(status, code, **headers)
        return True

    return mood


def saying(status: int, body: object, **headers: str) -> Mood:
    """Answer one request with this."""

    def mood(request: Handler) -> bool:
        request.say(status, body, **headers)
        return True

    return mood


def taking_and(then: Mood) -> Mood:
    """Take the message, then go wrong."""

    def mood(request: Handler) -> bool:
        request.exchange.take(request.form)
        return then(request)

    return mood


def hanging_up(request: Handler) -> bool:
    """Close the connection without an answer."""
    request.connection.shutdown(socket.SHUT_RDWR)
    request.close_connection = True
    return True


def half_an_answer(request: Handler) -> bool:
    """Promise a thousand bytes, send ten, and hang up."""
    request.wfile.write(b'HTTP/1.1 201 Created\r\nContent-Length: 1000\r\n\r\n{"sid": "S')
    request.wfile.flush()
    return hanging_up(request)


def sleeping(seconds: float) -> Mood:
    """Answer after so long."""

    def mood(_request: Handler) -> bool:
        time.sleep(seconds)
        return False

    return mood


def stalling(request: Handler) -> bool:
    """Say nothing for a while, then hang up."""
    time.sleep(3)
    request.close_connection = True
    return True


def dripping(request: Handler) -> bool:
    """Send a byte now and then, for ever."""
    request.wfile.write(b"HTTP/1.1 201 Created\r\nContent-Length: 100000\r\n\r\n")
    try:
        for _ in range(200):
            request.wfile.write(b" ")
            request.wfile.flush()
            time.sleep(0.05)
    except OSError:
        pass
    request.close_connection = True
    return True
