"""Asking a provider over HTTP, with an end to everything: connecting, waiting, reading."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import urllib3
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    NameResolutionError,
    NewConnectionError,
    ProxyError,
    SSLError,
)

from .provider import Unreachable, Unsure

CONNECT_SECONDS = 5.0
READ_SECONDS = 20.0
"""For the first byte, and for the whole answer as well."""
LARGEST = 1_000_000
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
BEFORE_ASKING = (ConnectTimeoutError, NameResolutionError, NewConnectionError, ProxyError, SSLError)
"""Errors of the connection itself: nothing was said over it."""


@dataclass(frozen=True)
class Answer:
    """Status and JSON of an answer; `body` is empty where it was none."""

    status: int
    body: Mapping[str, Any]
    retry_after: str = ""


class Line:
    """A line to one provider; connections are kept and shared by threads."""

    def __init__(self, *, user: str, password: str) -> None:
        self._pool = urllib3.PoolManager(
            maxsize=4,
            retries=False,
            timeout=urllib3.Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS),
        )
        self._headers = urllib3.make_headers(basic_auth=f"{user}:{password}", user_agent="Caseway")

    def get(self, url: str, fields: Mapping[str, str] | None = None) -> Answer:
        """Ask. Raises Unreachable, Unsure."""
        return self._asked("GET", f"{url}?{urlencode(fields)}" if fields else url)

    def post(self, url: str, fields: Mapping[str, str]) -> Answer:
        """Hand a form over. Raises Unreachable where nothing was said, Unsure where no answer came."""
        return self._asked("POST", url, urlencode(fields))

    def _asked(self, method: str, url: str, form: str | None = None) -> Answer:
        headers = self._headers if form is None else self._headers | FORM
        try:
            response = self._pool.request(
                method, url, body=form, headers=headers, redirect=False, preload_content=False
            )
            try:
                content = _read(response)
            finally:
                response.close()
        except BEFORE_ASKING as error:
            raise Unreachable(_why(error)) from error
        except HTTPError as error:
            raise Unsure(_why(error)) from error
        return Answer(response.status, _json(content), response.headers.get("Retry-After", ""))


def _read(response: urllib3.BaseHTTPResponse) -> bytes:
    until, parts, size = time.monotonic() + READ_SECONDS, [], 0
    while part := response.read1(65_536):
        parts.append(part)
        size += len(part)
        if size > LARGEST or time.monotonic() > until:
            raise Unsure("the answer has no end")
    return b"".join(parts)


def _json(content: bytes) -> Mapping[str, Any]:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _why(error: Exception) -> str:
    """The kind of the error alone: its words may hold the address, and with it a number."""
    return type(error).__name__
