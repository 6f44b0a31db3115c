"""Trying out the place where files are kept."""

import time
import uuid
from collections.abc import Callable

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

REMEMBERED = 30.0  # seconds
_seen: dict[str, tuple[float, str]] = {}


def try_out() -> None:
    """Write a file, read it and delete it again. Raises OSError whose message says what is wrong."""
    content = uuid.uuid4().bytes
    name = default_storage.save(f"doctor/{uuid.uuid4().hex}", ContentFile(content))
    try:
        with default_storage.open(name) as file:
            same = file.read() == content
    finally:
        default_storage.delete(name)
    if not same:
        raise OSError("a file was read back changed")


def trouble() -> str:
    """Why files can't be kept or read now; empty: they can.

    A bucket is asked, and its answer remembered for half a minute, since those who watch over us
    ask often. A folder is of this machine, and isn't asked.
    """
    ask = getattr(default_storage, "ask", None)
    if ask is None:
        return ""
    at, found = _seen.get("bucket", (-REMEMBERED, ""))
    if time.monotonic() - at >= REMEMBERED:
        found = _answer(ask)
        _seen["bucket"] = (time.monotonic(), found)
    return found


def _answer(ask: Callable[[], None]) -> str:
    try:
        ask()
    except OSError as problem:
        return str(problem)
    return ""
