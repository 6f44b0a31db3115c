"""Server-sent events as bytes (WHATWG HTML, section 9.2)."""

import json
from collections.abc import Mapping

HELLO = b"retry: 2000\n: Caseway\n\n"
"""Opens a stream: a browser that loses it comes back after two seconds."""


def event(kind: str, data: Mapping[str, object], position: int | None = None) -> bytes:
    """One event, with the position that is reached by it where one is given."""
    mark = f"id: {position}\n" if position is not None else ""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"{mark}event: {kind}\ndata: {text}\n\n".encode()


def mark(position: int) -> bytes:
    """A position alone: browsers remember it, and nothing happens. It keeps the line open, too."""
    return f"id: {position}\n\n".encode()
