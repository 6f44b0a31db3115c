"""Streams pass by the application: another process makes them, and a waiting thread passes them on.

A stream is open for hours. Inside of the application it would hold a turn, a connection to the
database and all that a request holds; here it holds a thread that sleeps until there is news. So
pages and streams share one address, and pages are answered exactly as without streams.
"""

import http.client
from collections.abc import Iterable, Iterator
from threading import BoundedSemaphore
from wsgiref.types import StartResponse

from caseway.core.http.rsgi import Application, Environ

PASSED_ON = {
    "HTTP_COOKIE": "Cookie",
    "HTTP_HOST": "Host",
    "HTTP_LAST_EVENT_ID": "Last-Event-ID",
    "HTTP_SEC_FETCH_SITE": "Sec-Fetch-Site",
}
OF_ONE_LINE = frozenset({"connection", "date", "keep-alive", "server", "transfer-encoding"})
"""Headers that say how one line is used; each server writes its own."""
SILENCE = 60
"""Seconds without a byte after which the other process counts as gone; it sends one every 15."""
CHUNK = 1 << 16


class StreamsBeside:
    """A WSGI application that answers `path` from the process at `host` and `port`, all else from another.

    At most `most` streams are passed on at a time; then, or while that process is away, the answer
    is 503. With port 0 there are no streams, and the other application answers for them.
    """

    def __init__(self, application: Application, *, path: str, host: str, port: int, most: int) -> None:
        self.application = application
        self.path = path
        self.place = (host, port)
        self.places = BoundedSemaphore(most)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        if environ.get("PATH_INFO") != self.path or not self.place[1]:
            return self.application(environ, start_response)
        if not self.places.acquire(blocking=False):
            return _away(start_response)
        try:
            return _PassedOn(environ, start_response, self.place, self.places)
        except BaseException as problem:
            self.places.release()
            if isinstance(problem, OSError | http.client.HTTPException):
                return _away(start_response)
            raise


class _PassedOn:
    """A stream of the other process, for as long as both ends are there.

    It takes over one of `places`, unless it raises because there is nothing to pass on.
    """

    _places: BoundedSemaphore | None = None

    def __init__(
        self,
        environ: Environ,
        start_response: StartResponse,
        place: tuple[str, int],
        places: BoundedSemaphore,
    ) -> None:
        self._line = http.client.HTTPConnection(*place, timeout=SILENCE)
        headers = {name: str(environ[key]) for key, name in PASSED_ON.items() if key in environ}
        query = environ.get("QUERY_STRING", "")
        target = environ["PATH_INFO"] + (f"?{query}" if query else "")
        try:
            self._line.request(environ["REQUEST_METHOD"], target, headers=headers)
            self._answer = self._line.getresponse()
        except BaseException:
            self._line.close()
            raise
        kept = [(name, value) for name, value in self._answer.getheaders() if name.lower() not in OF_ONE_LINE]
        start_response(f"{self._answer.status} {self._answer.reason}", kept)
        self._places = places

    def __iter__(self) -> Iterator[bytes]:
        try:
            while piece := self._answer.read1(CHUNK):
                yield piece
        except (OSError, http.client.HTTPException):
            return  # the other process has gone; the browser comes back by itself
        finally:
            self.close()

    def close(self) -> None:
        """Hang up, however far it went."""
        places, self._places = self._places, None
        if places is not None:
            self._line.close()
            places.release()

    def __del__(self) -> None:
        # A server that forgets to close an answer must not cost a place for ever.
        self.close()


def _away(start_response: StartResponse) -> Iterable[bytes]:
    start_response("503 Service Unavailable", [("Retry-After", "30"), ("Content-Length", "0")])
    return [b""]
