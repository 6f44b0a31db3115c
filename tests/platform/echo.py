"""A small application behind `BodiesFirst`, for tests that speak to it over a real line."""

import os
import time
from collections.abc import Iterable, Iterator
from wsgiref.types import StartResponse

from caseway.core.http.bodies import BodiesFirst, Pace
from caseway.core.http.rsgi import Environ


class Whole(list[bytes]):
    """An answer that is there at once."""

    streaming = False


def echo(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """The body back; at `/slow/` after a second, at `/stream/` by pieces, at `/environ/` what is known."""
    content = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"] or 0))
    path = environ["PATH_INFO"]
    if path == "/slow/":
        time.sleep(1)
    if path == "/environ/":
        content = "\n".join(f"{key}={environ[key]}" for key in sorted(environ)).encode()
    if path == "/broken/":
        raise RuntimeError("as asked")
    start_response("200 OK", [("Content-Type", "text/plain")])
    return _pieces() if path == "/stream/" else Whole([content])


def _pieces() -> Iterator[bytes]:
    for number in range(3):
        yield b"%d" % number
        time.sleep(0.2)


application = BodiesFirst(
    echo,
    at_once=int(os.environ["ECHO_THREADS"]),
    apart={"/stream/": 1},
    pace=Pace(seconds=1, bytes_a_second=20_000, most_bytes=3_000_000),
)
