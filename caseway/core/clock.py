"""The time, in one place, always in UTC."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_set_to: ContextVar[datetime | None] = ContextVar("_set_to", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _set_to.get() or datetime.now(UTC)


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """Let `now` answer `moment` (aware) within the block, in this thread: so a past is told."""
    before = _set_to.set(moment)
    try:
        yield
    finally:
        _set_to.reset(before)
