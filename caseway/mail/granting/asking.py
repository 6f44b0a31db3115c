"""What is asked of a provider over HTTP, and how its answers are taken."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import urllib3

SECONDS = 10.0
LONGEST_ANSWER = 200_000

_pool = urllib3.PoolManager(timeout=SECONDS, retries=False, maxsize=4)


class Away(Exception):
    """The provider does not answer, or not as one does; the same again may work later."""


class Refused(Exception):
    """The provider says no (RFC 6749, section 5.2); `error` is its word for why."""

    def __init__(self, error: str, description: str = "") -> None:
        super().__init__(f"{error}: {description}" if description else error)
        self.error = error


def ask_json(method: str, address: str, fields: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The provider's JSON. Redirections are not followed. Raises Away and Refused."""
    try:
        answer = _pool.request(
            method,
            address,
            body=urlencode(fields) if fields else None,
            headers={"Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded"},
            redirect=False,
            preload_content=False,
        )
        body = answer.read(LONGEST_ANSWER + 1, decode_content=True)
        answer.release_conn()
        told = json.loads(body)
    except (urllib3.exceptions.HTTPError, OSError) as error:
        raise Away(type(error).__name__) from error
    except ValueError as error:
        raise Away("no JSON") from error
    if not isinstance(told, dict):
        raise Away("no JSON object")
    if 400 <= answer.status < 500 and "error" in told:
        raise Refused(str(told["error"])[:80], str(told.get("error_description", ""))[:200])
    if answer.status != 200:
        raise Away(f"status {answer.status}")
    return told
