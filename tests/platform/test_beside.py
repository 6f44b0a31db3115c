"""Streams pass by the application: piece by piece, so many at a time, while both ends are there."""

import contextlib
import http.server
import threading
from queue import Queue

import pytest

from caseway.core.http.beside import StreamsBeside


class Other(http.server.BaseHTTPRequestHandler):
    """The process that makes streams."""

    protocol_version = "HTTP/1.1"
    pieces: "Queue[bytes | None]"
    asked: list[dict[str, str]]

    def do_GET(self):
        self.asked.append({"path": self.path, **self.headers})
        self.send_response(200 if "session" in self.headers.get("Cookie", "") else 401)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        while piece := self.pieces.get(timeout=10):
            self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
        self.wfile.write(b"0\r\n\r\n")

    def log_message(self, *_):
        pass


@pytest.fixture
def other():
    handler = type("Handler", (Other,), {"pieces": Queue(), "asked": []})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server, handler
        server.shutdown()


def application(environ, start_response):
    start_response("200 OK", [])
    return [b"a page"]


def ask(beside, path="/events", **headers):
    """The status, the headers, and the body that is still to be read."""
    said = []
    environ = {"PATH_INFO": path, "REQUEST_METHOD": "GET", "QUERY_STRING": "at=desk", **headers}
    body = beside(environ, lambda status, given: said.append((status, dict(given))))
    return *said[0], body


def beside(server, most=2):
    return StreamsBeside(application, path="/events", host="127.0.0.1", port=server.server_port, most=most)


def test_pages_are_the_applications(other):
    assert ask(beside(other[0]), "/desk/")[2] == [b"a page"]
    assert ask(beside(other[0]), "/events/")[2] == [b"a page"]


def test_a_stream_is_passed_on_piece_by_piece(other):
    server, handler = other
    handler.pieces.put(b"one")
    status, headers, body = ask(
        beside(server), HTTP_COOKIE="session=1", HTTP_LAST_EVENT_ID="7", HTTP_AUTHORIZATION="Bearer x"
    )
    pieces = iter(body)

    assert (status, headers["Content-Type"]) == ("200 OK", "text/event-stream")
    assert "Transfer-Encoding" not in headers
    assert next(pieces) == b"one"
    handler.pieces.put(b"two")
    assert next(pieces) == b"two"
    handler.pieces.put(None)
    assert list(pieces) == []
    asked = handler.asked[0]
    assert (asked["path"], asked["Cookie"], asked["Last-Event-ID"]) == ("/events?at=desk", "session=1", "7")
    assert "Authorization" not in asked


def test_a_refusal_is_passed_on(other):
    server, handler = other
    handler.pieces.put(None)

    assert ask(beside(server))[0] == "401 Unauthorized"


def test_there_is_room_for_so_many_and_the_next_has_it_when_one_has_gone(other):
    server, _handler = other
    application = beside(server, most=2)
    bodies = [ask(application, HTTP_COOKIE="session=1")[2] for _ in range(2)]

    assert ask(application)[0].startswith("503")
    bodies[0].close()
    bodies[0].close()
    status, _, body = ask(application, HTTP_COOKIE="session=1")
    assert status == "200 OK"
    assert ask(application)[0].startswith("503")
    for one in (*bodies, body):
        one.close()


def test_while_the_other_process_is_away_it_is_said_and_no_place_is_lost():
    alone = StreamsBeside(application, path="/events", host="127.0.0.1", port=1, most=1)

    for _ in range(3):
        status, headers, _ = ask(alone)
        assert (status, headers["Retry-After"]) == ("503 Service Unavailable", "30")


def test_a_stream_ends_when_the_other_process_dies(other):
    server, handler = other
    handler.pieces.put(b"one")
    _, _, body = ask(beside(server), HTTP_COOKIE="session=1")
    pieces = iter(body)
    next(pieces)

    with contextlib.suppress(OSError):
        body._line.sock.shutdown(2)

    assert list(pieces) == []
