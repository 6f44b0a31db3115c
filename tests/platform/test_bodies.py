"""Requests have their turn at the application once their bodies are there, not before; over real lines."""

import contextlib
import http.client
import os
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.faults.processes import running, wait_until
from tests.ports import free_port

THREADS = 2


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """A server of two threads, which gives a body one second and one more for each 20 kB."""
    port = free_port()
    argv = ["-m", "granian", "--interface", "rsgi", "--port", str(port), "--log-level", "critical"]
    env = {**os.environ, "ECHO_THREADS": str(THREADS)}
    with running(*argv, "tests.platform.echo:application", env=env):
        wait_until(lambda: _listens(port), 30)
        yield port


def _listens(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def ask(
    port: int, path: str = "/", body: bytes | None = None, headers: dict[str, str] | None = None
) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    with contextlib.closing(connection):
        connection.request("GET" if body is None else "POST", path, body, headers or {})
        answer = connection.getresponse()
        return answer.status, answer.read()


def begun(port: int, length: int, body: bytes = b"", *more: str) -> socket.socket:
    """A request whose body has begun to come."""
    line = socket.create_connection(("127.0.0.1", port), timeout=20)
    fields = "".join(f"{field}\r\n" for field in (f"Content-Length: {length}", *more))
    line.sendall(f"POST / HTTP/1.1\r\nHost: localhost\r\n{fields}\r\n".encode() + body)
    return line


def said(line: socket.socket) -> bytes:
    """The answer's first line; b"" where the line was closed."""
    with contextlib.suppress(ConnectionError):
        return line.recv(4096).split(b"\r\n", 1)[0]
    return b""


@pytest.mark.parametrize("size", [1, 300_000, 2_000_007])
def test_the_application_reads_what_came(port: int, size: int) -> None:
    content = os.urandom(size)
    assert ask(port, body=content) == (200, content)


def test_a_body_whose_length_nobody_said(port: int) -> None:
    line = socket.create_connection(("127.0.0.1", port), timeout=20)
    with line:
        line.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n")
        line.sendall(b"2\r\nab\r\n3\r\ncde\r\n0\r\n\r\n")
        answer = b"".join(iter(lambda: line.recv(4096), b""))
    assert answer.endswith(b"abcde")


@pytest.mark.parametrize("trickles", [False, True])
def test_who_sleeps_or_trickles_holds_nothing(port: int, trickles: bool) -> None:
    """Ten for each thread; others are answered meanwhile, and then the ten are given up."""
    lines = [begun(port, 1000, b"a") for _ in range(10 * THREADS)]
    began = time.monotonic()
    assert ask(port, body=b"quick") == (200, b"quick")
    assert time.monotonic() - began < 1
    while trickles and time.monotonic() - began < 1.2:
        for line in lines:
            with contextlib.suppress(OSError):
                line.sendall(b"a")
        time.sleep(0.1)
    for line in lines:
        with line:
            assert said(line) in {b"HTTP/1.1 408 Request Timeout", b""}
            assert said(line) == b""
    assert time.monotonic() - began < 5


def test_a_slow_but_honest_line_brings_all(port: int) -> None:
    """Far longer than a body has at first, and faster than the least: half as fast again."""
    content = os.urandom(90_000)
    with begun(port, len(content)) as line:
        for at in range(0, len(content), 6000):
            line.sendall(content[at : at + 6000])
            time.sleep(0.2)
        answer = b""
        while not answer.endswith(content):
            answer += line.recv(1 << 16)
    assert answer.startswith(b"HTTP/1.1 200")


def test_too_much_is_refused_at_once_or_as_it_comes(port: int) -> None:
    with begun(port, 4_000_000) as line:
        assert said(line) == b"HTTP/1.1 413 Payload Too Large"
    head = b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
        line.sendall(head)
        with contextlib.suppress(OSError):
            for _ in range(31):
                line.sendall(b"%x\r\n" % 100_000 + b"x" * 100_000 + b"\r\n")
        assert said(line) in {b"HTTP/1.1 413 Payload Too Large", b""}


def test_half_a_body_reaches_nobody(port: int) -> None:
    with begun(port, 10, b"half") as line:
        line.shutdown(socket.SHUT_WR)
        assert said(line) in {b"HTTP/1.1 400 Bad Request", b""}
    assert ask(port)[0] == 200


def test_no_more_are_at_the_application_than_may_be(port: int) -> None:
    began = time.monotonic()
    with ThreadPoolExecutor(4) as pool:
        assert [status for status, _ in pool.map(lambda _: ask(port, "/slow/"), range(4))] == [200] * 4
    assert 1.9 < time.monotonic() - began < 3.5


def test_errors_cost_no_turn(port: int) -> None:
    assert {ask(port, "/broken/")[0] for _ in range(3 * THREADS)} == {500}
    assert ask(port)[0] == 200


def test_a_stream_comes_while_it_is_made_and_stands_in_nobodys_way(port: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    with contextlib.closing(connection):
        connection.request("GET", "/stream/")
        answer = connection.getresponse()
        assert answer.read1(1) == b"0"
        with ThreadPoolExecutor(THREADS) as pool:
            assert [status for status, _ in pool.map(lambda _: ask(port), range(THREADS))] == [200] * THREADS
        assert answer.read() == b"12"


def test_what_is_known_of_a_request(port: int) -> None:
    headers = {"X_Forwarded_For": "6.6.6.6", "X-Real": "1", "Cookie": "a=1; b=2"}
    status, content = ask(port, "/environ/?q=a%20b", headers=headers)
    known = dict(line.split("=", 1) for line in content.decode().splitlines())
    assert status == 200
    assert (known["REQUEST_METHOD"], known["QUERY_STRING"], known["CONTENT_LENGTH"]) == (
        "GET",
        "q=a%20b",
        "0",
    )
    assert (known["REMOTE_ADDR"], known["HTTP_COOKIE"], known["HTTP_X_REAL"]) == (
        "127.0.0.1",
        "a=1; b=2",
        "1",
    )
    assert known["HTTP_HOST"] == f"127.0.0.1:{port}"
    assert "HTTP_X_FORWARDED_FOR" not in known
