"""What a provider brings, in the form in which it is taken."""

import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Brought:
    """A mail as it was brought: its bytes, and its envelope."""

    raw: bytes
    recipients: list[str]
    sender: str


class Incomplete(Exception):
    """The provider was not told to send the mail's own bytes."""


def json_of(text: str | bytes) -> dict[str, Any]:
    """The JSON object that is written there. Raises Incomplete where there is none."""
    try:
        told = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Incomplete from error
    if not isinstance(told, dict):
        raise Incomplete
    return told
