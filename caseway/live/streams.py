"""The open streams: who reads them, and how many there may be."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

from caseway.accounts.viewer import NOBODY, Viewer

from .tickets import Ticket

MOST = 5000
"""Streams of one process."""
MOST_OF_ONE = 16
"""Streams of one person: a browser opens one for all its windows, where it can; those of pages that
were left a moment ago are still among them."""
OPENINGS_A_MINUTE = 120
"""How often one person may open a stream: each page opens one, and who walks through a queue by
keys looks at two in a second."""
WAITING_FRAMES = 200
"""What a slow line may have waiting before it is hung up."""


class Answer(Enum):
    """What a browser that asks for a stream is answered, as an HTTP status."""

    OPEN = 200
    SIGNED_OUT = 401
    TOO_MANY = 429
    AWAY = 503


@dataclass(eq=False)
class Stream:
    """One open stream. `position` is where its browser has got to, None for one that begins now."""

    ticket: Ticket
    position: int | None
    viewer: Viewer = NOBODY
    frames: "asyncio.Queue[bytes | None]" = field(default_factory=lambda: asyncio.Queue(WAITING_FRAMES))
    answer: "asyncio.Future[Answer]" = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )

    def tell(self, frame: bytes) -> None:
        """Send a frame. A line that takes none for long is hung up: its browser comes back and catches up."""
        try:
            self.frames.put_nowait(frame)
        except asyncio.QueueFull:
            self.end()

    def end(self) -> None:
        """Send what is waiting if there is room for the end, and hang up."""
        while True:
            try:
                self.frames.put_nowait(None)
            except asyncio.QueueFull:
                self.frames.get_nowait()
            else:
                return

    def settle(self, answer: Answer) -> None:
        """Let who asked know, unless they have gone."""
        if not self.answer.done():
            self.answer.set_result(answer)


@dataclass
class Streams:
    """All streams of this process."""

    open: set[Stream] = field(default_factory=set)
    waiting: set[Stream] = field(default_factory=set)
    by_person: Counter[int] = field(default_factory=Counter)

    def __iter__(self) -> Iterator[Stream]:
        return iter(self.open)

    @property
    def is_full(self) -> bool:
        """Whether no further stream fits."""
        return len(self.open) + len(self.waiting) >= MOST

    def let_in(self, stream: Stream, viewer: Viewer) -> None:
        """Open a stream for its reader, unless they have too many."""
        self.waiting.discard(stream)
        if self.by_person[viewer.me] >= MOST_OF_ONE:
            stream.settle(Answer.TOO_MANY)
            return
        stream.viewer = viewer
        self.open.add(stream)
        self.by_person[viewer.me] += 1
        stream.settle(Answer.OPEN)

    def refuse(self, stream: Stream, answer: Answer) -> None:
        """Tell who asked that there is no stream for them."""
        self.waiting.discard(stream)
        stream.settle(answer)

    def forget(self, stream: Stream) -> None:
        """The browser has gone, or was hung up."""
        self.waiting.discard(stream)
        if stream in self.open:
            self.open.discard(stream)
            self.by_person[stream.viewer.me] -= 1
            self.by_person += Counter()  # drops zeros
