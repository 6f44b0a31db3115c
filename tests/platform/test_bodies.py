"""Requests have their turn at the application once their bodies are there, and not before."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from queue import Queue
from threading import Event
from typing import Any

import pytest

from caseway.core.http.bodies import IN_MEMORY, BodiesFirst


class Line:
    """A line over which a body comes piece by piece; it ends with an empty piece or breaks with None."""

    def __init__(self, *pieces: bytes | None) -> None:
        self.pieces: Queue[bytes | None] = Queue()
        for piece in pieces:
            self.pieces.put(piece)

    def read(self, _size: int) -> bytes:
        """The next piece, once it is there."""
        piece = self.pieces.get(timeout=10)
        if piece is None:
            raise OSError("the line broke")
        return piece


class Answer:
    """What an application answers."""

    def __init__(self, *pieces: bytes, streaming: bool = False) -> None:
        self.pieces, self.streaming, self.is_closed = pieces, streaming, False

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.pieces)

    def close(self) -> None:
        """Give back what it holds."""
        self.is_closed = True


def echo(environ: Any, start_response: Callable[..., Any]) -> Answer:
    """Answers with the body."""
    start_response("200 OK", [])
    return Answer(environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)))


def ask(application: BodiesFirst, line: Line | None = None, length: int = 0) -> tuple[str, Iterable[bytes]]:
    said: list[object] = []
    environ = {"wsgi.input": line or Line(b""), "CONTENT_LENGTH": str(length) if length else ""}

    def start_response(status: str, _headers: Any, _failure: Any = None, /) -> Callable[[bytes], object]:
        said.append(status)
        return said.append

    answer = application(environ, start_response)
    return str(said[0]), answer


@pytest.mark.parametrize("size", [3, IN_MEMORY, 2 * IN_MEMORY + 7])
def test_the_application_reads_what_came(size: int) -> None:
    content = bytes(range(256)) * (size // 256 + 1)
    pieces = [content[at : min(at + 50_000, size)] for at in range(0, size, 50_000)]
    status, answer = ask(BodiesFirst(echo, at_once=1), Line(*pieces), size)
    assert (status, b"".join(answer)) == ("200 OK", content[:size])


def test_slow_bodies_take_nobodys_turn() -> None:
    application, slow = BodiesFirst(echo, at_once=1), [Line() for _ in range(5)]
    with ThreadPoolExecutor(5) as pool:
        waiting = [pool.submit(ask, application, line, 4) for line in slow]
        for line in slow:
            line.pieces.put(b"ab")
        assert ask(application)[0] == "200 OK"
        assert not any(each.done() for each in waiting)
        for line in slow:
            line.pieces.put(b"cd")
        assert [b"".join(each.result(10)[1]) for each in waiting] == [b"abcd"] * 5


def test_no_more_are_at_the_application_than_may_be() -> None:
    inside, more, go_on = [0], [0], Event()

    def counting(_environ: Any, start_response: Callable[..., Any]) -> Answer:
        inside[0] += 1
        more[0] = max(more[0], inside[0])
        if inside[0] == 2:
            go_on.set()
        assert go_on.wait(10)
        inside[0] -= 1
        start_response("200 OK", [])
        return Answer(b"")

    application = BodiesFirst(counting, at_once=2)
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda _: ask(application), range(6)))
    assert more == [2]


@pytest.mark.parametrize("line", [Line(b"ab", b""), Line(b"ab", None)])
def test_half_a_body_never_reaches_the_application(line: Line) -> None:
    def refuses(*_: object) -> Answer:
        raise AssertionError("half a body")

    assert ask(BodiesFirst(refuses, at_once=1), line, 4)[0] == "400 Bad Request"


def test_a_turn_ends_with_an_error_too() -> None:
    def broken(*_: object) -> Answer:
        raise RuntimeError

    application = BodiesFirst(broken, at_once=1)
    for _ in range(3):
        with pytest.raises(RuntimeError):
            ask(application)


def test_an_answer_is_closed_before_it_is_sent() -> None:
    answers = [Answer(b"a", b"b"), Answer(b"c")]
    left = iter(answers)

    def application(_environ: Any, start_response: Callable[..., Any]) -> Answer:
        start_response("200 OK", [])
        return next(left)

    first = BodiesFirst(application, at_once=1)
    assert list(ask(first)[1]) == [b"ab"]
    assert answers[0].is_closed
    assert list(ask(first)[1]) == [b"c"]


@pytest.mark.parametrize("ends", ["by close", "forgotten"])
def test_an_answer_that_is_streamed_keeps_its_turn_until_it_ends(ends: str) -> None:
    made = Answer(b"a", b"b", streaming=True)

    def streams(_environ: Any, start_response: Callable[..., Any]) -> Answer:
        start_response("200 OK", [])
        return made

    application = BodiesFirst(streams, at_once=1)
    answer = ask(application)[1]
    assert not application.turns.acquire(blocking=False)
    assert list(answer) == [b"a", b"b"]
    if ends == "by close":
        answer.close()  # type: ignore[attr-defined]
        assert made.is_closed
    del answer
    assert application.turns.acquire(blocking=False)
