"""Between a server that speaks RSGI (as Granian does) and an application that speaks WSGI (PEP 3333)."""

import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from typing import IO, Any
from typing import Protocol as Shape
from wsgiref.types import StartResponse

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]
_UNPREFIXED = {"content-type": "CONTENT_TYPE", "content-length": "CONTENT_LENGTH"}


class Fields(Shape):
    """The header fields of a request, with names in lower case."""

    def items(self) -> Iterable[tuple[str, str]]:
        """Every field, in the order in which they came."""

    def get(self, key: str, default: Any = None) -> Any:
        """One field's value."""


class Scope(Shape):
    """What is known of a request before its body."""

    method: str
    path: str
    query_string: str
    http_version: str
    scheme: str
    client: str
    server: str
    headers: Fields
    authority: str | None


class Transport(Shape):
    """An answer on its way."""

    def send_bytes(self, data: bytes) -> Awaitable[None]:
        """Send more; done once there is room for more. Raises where the reader has gone."""


class Protocol(Shape):
    """The line of a request: its body comes piece by piece, and one answer goes."""

    def __aiter__(self) -> AsyncIterator[bytes]: ...

    def response_empty(self, status: int, headers: Headers) -> None:
        """Answer without content."""

    def response_bytes(self, status: int, headers: Headers, body: bytes) -> None:
        """Answer with this content."""

    def response_stream(self, status: int, headers: Headers) -> Transport:
        """Begin an answer whose content follows."""


def environ_of(scope: Scope, body: IO[bytes], length: int) -> Environ:
    """The request as PEP 3333 wants it, with a body of `length` bytes."""
    server, _, port = scope.server.rpartition(":")
    return {
        **_fields(scope),
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "CONTENT_LENGTH": str(length),
        "SERVER_NAME": server,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }


def _fields(scope: Scope) -> dict[str, str]:
    """Header fields by their names in WSGI. HTTP/2 sends the host as `:authority`, cookies one by one."""
    fields = {"HTTP_HOST": scope.authority} if scope.authority else {}
    for name, value in scope.headers.items():
        if "_" in name:
            continue  # it would pass for one with a dash, which a proxy may have set or taken away
        key = _UNPREFIXED.get(name, "HTTP_" + name.upper().replace("-", "_"))
        joint = "; " if name == "cookie" else ","
        fields[key] = f"{fields[key]}{joint}{value}" if key in fields and name != "host" else value
    return fields
