"""Bodies of requests are waited for before the application begins, so that slow lines stop nobody.

A thread that reads a body does so at the pace of whoever sends it: a handful of people on slow lines,
or one who trickles on purpose, would hold every thread that answers, and every connection to the
database with it. So bodies are collected in the server's loop, where waiting costs a little memory;
a request has its turn at the application, in one of few threads, once all of it is there.
"""

import asyncio
from collections.abc import Coroutine, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO, Any, TypeVar

from .rsgi import Application, Environ, Headers, Protocol, Scope, environ_of

IN_MEMORY = 1 << 18
CLOSED = [("Connection", "close"), ("Content-Length", "0")]
T = TypeVar("T")


@dataclass(frozen=True)
class Pace:
    """How slowly a body may come, how large it may be, and how slowly an answer may be taken.

    A body has `seconds`, and one more for every `bytes_a_second` that have come of it: a line that is
    slow but honest brings all of a large body, and one that trickles is given up. A piece of a
    streamed answer has `seconds_to_take`.
    """

    seconds: float = 20
    bytes_a_second: int = 2000
    most_bytes: int = 1 << 28
    seconds_to_take: float = 60


class _Refused(Exception):
    """The body isn't waited for, or no longer; `status` says why."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class BodiesFirst:
    """A WSGI application for a server that speaks RSGI: `at_once` requests, each with its body complete.

    `apart` has threads of their own for some paths, whose answers last: so many at once of each.
    """

    def __init__(
        self,
        application: Application,
        *,
        at_once: int,
        apart: Mapping[str, int] | None = None,
        pace: Pace | None = None,
    ) -> None:
        self.application = application
        self.pace = pace or Pace()
        self.threads = ThreadPoolExecutor(at_once, thread_name_prefix="request")
        self.apart = {path: ThreadPoolExecutor(most) for path, most in (apart or {}).items() if most}

    async def __rsgi__(self, scope: Scope, protocol: Protocol) -> None:
        """Answer a request. Half a body, whose sender has gone or sleeps, never reaches the application."""
        with SpooledTemporaryFile(IN_MEMORY) as body:
            try:
                length = await _collect(scope, protocol, body, self.pace)
            except _Refused as refused:
                protocol.response_empty(refused.status, CLOSED)
                return
            loop = asyncio.get_running_loop()
            environ = environ_of(scope, body, length)
            threads = self.apart.get(scope.path, self.threads)
            await loop.run_in_executor(threads, self._answer, environ, protocol, loop)

    def _answer(self, environ: Environ, protocol: Protocol, loop: asyncio.AbstractEventLoop) -> None:
        """All of the application's work, in a thread of its own."""
        head = _Head()
        answer = self.application(environ, head)
        try:
            if getattr(answer, "streaming", True):
                _stream(answer, head, _Sender(protocol, loop, self.pace.seconds_to_take))
                return
            content = b"".join(answer)
        finally:
            # Gives back what it holds, above all the connection to the database.
            if hasattr(answer, "close"):
                answer.close()
        loop.call_soon_threadsafe(protocol.response_bytes, head.status, head.headers, content)


class _Head:
    """What an application says before the content: `start_response` of PEP 3333."""

    status = 500
    headers: Headers

    def __call__(self, status: str, headers: Headers, _failure: Any = None, /) -> Any:
        self.status, self.headers = int(status.split(" ", 1)[0]), headers


class _Sender:
    """Sends an answer out of a thread, at the pace of its reader."""

    def __init__(self, protocol: Protocol, loop: asyncio.AbstractEventLoop, seconds: float) -> None:
        self.protocol, self.loop, self.seconds = protocol, loop, seconds

    def do(self, what: Coroutine[Any, Any, T]) -> T:
        """Do it in the loop, and wait for it. Raises what it raises."""
        # A little longer than what is done may take: a loop that has stopped does nothing any more.
        return asyncio.run_coroutine_threadsafe(what, self.loop).result(self.seconds + 5)


def _stream(answer: Iterable[bytes], head: _Head, sender: _Sender) -> None:
    """Send an answer while it is made, as long as somebody takes it."""

    async def begin() -> Any:
        return sender.protocol.response_stream(head.status, head.headers)

    async def send(piece: bytes) -> bool:
        try:
            async with asyncio.timeout(sender.seconds):
                await transport.send_bytes(piece)
        except Exception:  # noqa: BLE001 - the reader has gone or sleeps; servers raise what they like
            return False
        return True

    transport = sender.do(begin())
    for piece in answer:
        if not sender.do(send(piece)):
            return


async def _collect(scope: Scope, protocol: Protocol, body: IO[bytes], pace: Pace) -> int:
    """How many bytes came; then `body` stands at its beginning. Raises _Refused."""
    announced = _length(scope)
    if announced == 0:
        return 0
    if announced is not None and announced > pace.most_bytes:
        raise _Refused(413)
    try:
        came = await _copy(protocol, body, pace)
    except TimeoutError:
        raise _Refused(408) from None
    if announced not in {None, came}:
        raise _Refused(400)
    body.seek(0)
    return came


async def _copy(protocol: Protocol, body: IO[bytes], pace: Pace) -> int:
    """Write into `body` what comes until the end, or until the line breaks; returns how much.

    Raises TimeoutError, and _Refused for more than may be.
    """
    came, began = 0, asyncio.get_running_loop().time()
    async with asyncio.timeout_at(began + pace.seconds) as limit:
        async for piece in protocol:
            came += len(piece)
            if came > pace.most_bytes:
                raise _Refused(413)
            body.write(piece)
            limit.reschedule(began + pace.seconds + came / pace.bytes_a_second)
    return came


def _length(scope: Scope) -> int | None:
    """How long a body its sender has announced; None where its end will tell."""
    given = str(scope.headers.get("content-length") or "")
    if given.isascii() and given.isdecimal():
        return int(given)
    return 0 if scope.method in {"GET", "HEAD", "OPTIONS"} else None
