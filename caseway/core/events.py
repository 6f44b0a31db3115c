"""Events: how a slice tells the slices above it what happened, without importing them.

An action makes one `Event`, a typed dataclass; the slice that stores it calls `react`.
Who reacts to what stands in `config/reactions.py`, readable from top to bottom.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, fields
from enum import Enum
from functools import lru_cache, partial
from typing import Any, ClassVar

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

KINDS: dict[str, type["Event"]] = {}


@dataclass(frozen=True, kw_only=True)
class Event:
    """What happened. Fields hold ids, enums, numbers and times: never text, names or addresses."""

    kind: ClassVar[str] = ""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if cls.kind:
            if cls.kind in KINDS:
                raise TypeError(f"two events are called {cls.kind!r}")
            KINDS[cls.kind] = cls

    def payload(self) -> dict[str, object]:
        """The event's own fields as JSON values."""
        values = ((f.name, getattr(self, f.name)) for f in fields(self))
        return {name: v.value if isinstance(v, Enum) else v for name, v in values if v is not None}


Reaction = Callable[[Any], object]


@dataclass(frozen=True)
class Reactions:
    """Who reacts to one kind of event: in the transaction that caused it, or once it is kept."""

    in_transaction: Sequence[Reaction] = field(default=())
    after_commit: Sequence[Reaction] = field(default=())


@lru_cache
def _all_reactions() -> Mapping[type[Event], Reactions]:
    table: Mapping[type[Event], Reactions] = import_string(settings.REACTIONS)
    return table


_silent: ContextVar[bool] = ContextVar("_silent", default=False)


@contextmanager
def silence() -> Iterator[None]:
    """Let nobody react within the block: what is told of the past sends no mail today."""
    before = _silent.set(True)
    try:
        yield
    finally:
        _silent.reset(before)


def react(event: Event, stored: object) -> None:
    """Let everyone react to `event`; `stored` is its row, which every reaction receives."""
    reactions = _all_reactions().get(type(event))
    if reactions is None or _silent.get():
        return
    for reaction in reactions.in_transaction:
        reaction(stored)
    for reaction in reactions.after_commit:
        transaction.on_commit(partial(reaction, stored))
