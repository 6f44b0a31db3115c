"""Bodies of requests are waited for before the application begins, so that slow lines stop nobody.

A thread of the server reads a body at the pace of whoever sends it. Were it to do so inside of the
application, a handful of people on slow lines would hold every thread that answers, and every
connection to the database with it. So there are many threads that wait for bodies, and few that
have a turn at the application.
"""

from collections.abc import Callable, Iterable, Iterator
from tempfile import SpooledTemporaryFile
from threading import BoundedSemaphore
from typing import IO, Any
from wsgiref.types import StartResponse

IN_MEMORY = 1 << 20
CHUNK = 1 << 16
Environ = dict[str, Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]


class BodiesFirst:
    """A WSGI application that lets `at_once` requests into another, each with its body complete."""

    def __init__(self, application: Application, *, at_once: int) -> None:
        self.application = application
        self.turns = BoundedSemaphore(at_once)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request. Half a body, whose sender has gone, never reaches the application."""
        length = _length(environ)
        if not length:
            return self._answer(environ, start_response)
        with SpooledTemporaryFile(IN_MEMORY) as body:
            if not _arrives(environ["wsgi.input"], body, length):
                start_response("400 Bad Request", [("Content-Type", "text/plain"), ("Content-Length", "0")])
                return [b""]
            return self._answer({**environ, "wsgi.input": body}, start_response)

    def _answer(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        turn = _Turn(self.turns)
        try:
            answer = self.application(environ, start_response)
            if getattr(answer, "streaming", True):
                return _Streamed(answer, turn)
            content = _whole(answer)
        except BaseException:
            turn.end()
            raise
        turn.end()
        return [content]


class _Turn:
    """A turn at the application, taken at once and ended once."""

    def __init__(self, turns: BoundedSemaphore) -> None:
        turns.acquire()
        self._turns: BoundedSemaphore | None = turns

    def end(self) -> None:
        turns, self._turns = self._turns, None
        if turns is not None:
            turns.release()


class _Streamed:
    """An answer that is made while it is sent; its turn lasts as long."""

    def __init__(self, answer: Iterable[bytes], turn: _Turn) -> None:
        self._answer, self._turn = answer, turn

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._answer)

    def close(self) -> None:
        """End it, however far it was sent."""
        try:
            _close(self._answer)
        finally:
            self._turn.end()

    def __del__(self) -> None:
        # A server that forgets to close an answer must not cost a turn for ever.
        self._turn.end()


def _whole(answer: Iterable[bytes]) -> bytes:
    """All of an answer, which gives back what it holds: the connection to the database above all."""
    try:
        return b"".join(answer)
    finally:
        _close(answer)


def _close(answer: Iterable[bytes]) -> None:
    if hasattr(answer, "close"):
        answer.close()


def _length(environ: Environ) -> int:
    given = str(environ.get("CONTENT_LENGTH") or "0")
    return int(given) if given.isascii() and given.isdecimal() else 0


def _arrives(source: IO[bytes], body: IO[bytes], length: int) -> bool:
    """Whether all of it came; then `body` stands at its beginning."""
    try:
        while length > 0 and (chunk := source.read(min(CHUNK, length))):
            body.write(chunk)
            length -= len(chunk)
    except OSError:
        return False
    body.seek(0)
    return length == 0
