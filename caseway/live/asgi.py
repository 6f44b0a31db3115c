"""`/events` as an ASGI application (specification 3.0): no framework between the line and the hub."""

import asyncio
import re
import signal
from collections.abc import Awaitable, Callable, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs

from django.conf import settings
from psycopg import Notify

from caseway.core.channels import NOTICES

from .hub import Hub
from .listening import listen
from .streams import Answer, Stream
from .tickets import Ticket

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

PATH = "/events"
SESSION_KEY = re.compile(r"[a-z0-9]{8,40}")
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),  # proxies are to pass each event on at once
    (b"x-content-type-options", b"nosniff"),
    (b"cross-origin-resource-policy", b"same-origin"),
]


class Events:
    """The application. Its life begins and ends with the server's (`lifespan`)."""

    def __init__(self) -> None:
        self.tasks: list[asyncio.Task[None]] = []
        self.hub: Hub | None = None

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request, or live."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                self.hub = hub = Hub()
                works = (hub.run(), hub.beat(), listen(self._heard, hub.wake.set))
                self.tasks = [asyncio.create_task(work) for work in works]
                asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, self._stop)
                await send({"type": "lifespan.startup.complete"})
            else:
                if self.hub:
                    self.hub.end_all()
                for task in self.tasks:
                    task.cancel()
                await send({"type": "lifespan.shutdown.complete"})
                return

    def _stop(self) -> None:
        """Hang up everywhere before the server begins to stop: it waits for lines that are open."""
        if self.hub:
            self.hub.end_all()
        signal.raise_signal(signal.SIGINT)  # which the server understands as well

    def _heard(self, one: Notify) -> None:
        if self.hub is None:
            return
        if one.channel == NOTICES and one.payload.isdecimal():
            self.hub.tell_person(int(one.payload))
        else:
            self.hub.wake.set()

    async def _answer(self, scope: Message, receive: Receive, send: Send) -> None:
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        status = _refusal(scope, headers)
        hub = self.hub
        ticket = _ticket(scope, headers)
        if hub is None or status or ticket is None:
            await _end(send, status or Answer.SIGNED_OUT.value)
            return
        stream = await hub.open(ticket, _position(scope, headers))
        try:
            answer = stream.answer.result()
            if answer is Answer.OPEN:
                await _flow(stream, receive, send)
            else:
                await _end(send, answer.value)
        finally:
            hub.close(stream)


def _refusal(scope: Message, headers: dict[str, str]) -> int:
    """The status for what is not asked as a page of ours asks; 0 where nothing is wrong."""
    if scope["path"] != PATH:
        return 404
    if scope["method"] != "GET":
        return 405
    return 403 if headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"} else 0


def _ticket(scope: Message, headers: dict[str, str]) -> Ticket | None:
    cookies: SimpleCookie = SimpleCookie()
    try:
        cookies.load(headers.get("cookie", ""))
    except CookieError:
        return None
    session = cookies.get(settings.SESSION_COOKIE_NAME)
    if session is None or not SESSION_KEY.fullmatch(session.value):
        return None
    return Ticket(session.value, _query(scope, "at") == "portal", headers.get("host", "")[:255])


def _position(scope: Message, headers: dict[str, str]) -> int | None:
    """Where the browser has got to: the header that it sends when it comes back, or our own `after`."""
    given = headers.get("last-event-id", "") or _query(scope, "after")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 19 else None


def _query(scope: Message, name: str) -> str:
    asked: dict[str, list[str]] = parse_qs(scope["query_string"].decode("latin-1"))
    return asked.get(name, [""])[0]


async def _end(send: Send, status: int) -> None:
    more = [(b"retry-after", b"30")] if status in {429, 503} else []
    headers = [(b"cache-control", b"no-store"), (b"content-length", b"0"), *more]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


async def _flow(stream: Stream, receive: Receive, send: Send) -> None:
    """Send what there is until it ends, or until the browser has gone."""
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    watch = asyncio.create_task(_until_gone(stream, receive))
    try:
        while (frame := await stream.frames.get()) is not None:
            await send({"type": "http.response.body", "body": frame, "more_body": True})
        await send({"type": "http.response.body", "body": b""})
    finally:
        watch.cancel()


async def _until_gone(stream: Stream, receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    stream.end()
