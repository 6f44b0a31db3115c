"""The middle of the stream server: takes turns at the database, hands out what they bring."""

import asyncio
import contextlib
from concurrent.futures import ThreadPoolExecutor

import structlog
from django.db import Error, connection

from . import frames
from .presence.actions import sweep
from .streams import Answer, Stream, Streams
from .tickets import Ticket
from .turn import Asked, Outcome, Teller

log = structlog.get_logger("caseway.live")

PATIENCE = 10.0
"""Seconds that a browser waits for its stream, and that a turn that failed may be tried again."""
BREATH = 0.05
"""Seconds between two turns: what happens meanwhile is told together."""
REST = 5.0
"""Seconds after which a turn is taken though nothing called for it: people leave without a word."""
BEAT = 15.0
"""Seconds between two marks: they keep lines open, and tell us of those that are dead."""
CHECK = 30.0
"""Seconds between two looks at sessions, people and rights."""


class Hub:
    """Everything of the stream server that lives in its loop."""

    def __init__(self) -> None:
        self.streams = Streams()
        self.teller: Teller[Stream] = Teller()
        self.wake = asyncio.Event()
        self.thread = ThreadPoolExecutor(1, "database")
        self.position = 0
        self.checked = 0.0
        self.is_ending = False

    async def open(self, ticket: Ticket, position: int | None) -> Stream:
        """Ask for a stream; its answer is there when this returns."""
        stream = Stream(ticket, position)
        if self.streams.is_full or self.is_ending:
            stream.settle(Answer.AWAY)
            return stream
        self.streams.waiting.add(stream)
        self.wake.set()
        try:
            await asyncio.wait_for(asyncio.shield(stream.answer), PATIENCE)
        except TimeoutError:
            self.streams.refuse(stream, Answer.AWAY)
        return stream

    def close(self, stream: Stream) -> None:
        """The browser has gone."""
        self.streams.forget(stream)

    def tell_person(self, person_id: int) -> None:
        """Tell all windows of a person that there is a notice for them: what it says they ask for."""
        for stream in self.streams:
            if stream.viewer.person_id == person_id:
                stream.tell(frames.event("notices", {}))

    def end_all(self) -> None:
        """Hang up everywhere; browsers come back to whoever serves them next."""
        self.is_ending = True
        for stream in [*self.streams.open, *self.streams.waiting]:
            stream.settle(Answer.AWAY)
            stream.end()

    async def run(self) -> None:
        """Take turns for as long as the process lives."""
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.wake.wait(), REST)
            self.wake.clear()
            if self.streams.open or self.streams.waiting:
                await self._take_turn()
            else:
                self.teller = Teller()  # who comes next begins from then
            await asyncio.sleep(BREATH)

    async def beat(self) -> None:
        """Send every stream its mark, for as long as the process lives."""
        while True:
            await asyncio.sleep(BEAT)
            for stream in self.streams:
                stream.tell(frames.mark(self.position))

    async def _take_turn(self) -> None:
        loop = asyncio.get_running_loop()
        asked = self._asked(checks_rights=loop.time() - self.checked > CHECK)
        try:
            outcome = await loop.run_in_executor(self.thread, self._ask, asked)
        except Error as trouble:
            log.warning("the database did not answer the stream server", error=str(trouble))
            await asyncio.sleep(1.0)
            self.wake.set()
            return
        except Exception:
            log.exception("a turn of the stream server failed")
            self._begin_anew()
            return
        if asked.checks_rights:
            self.checked = loop.time()
        self._hand_out(outcome)

    def _begin_anew(self) -> None:
        """Go on from now: one thing that can't be told must not keep all that follows from being told."""
        self.teller = Teller()
        for stream in self.streams:
            stream.tell(frames.event("reload", {}))
        for stream in list(self.streams.waiting):
            self.streams.refuse(stream, Answer.AWAY)

    def _asked(self, *, checks_rights: bool) -> Asked[Stream]:
        return Asked(
            joining={stream: (stream.ticket, stream.position) for stream in self.streams.waiting},
            open={stream: (stream.ticket, stream.viewer) for stream in self.streams},
            checks_rights=checks_rights,
        )

    def _ask(self, asked: Asked[Stream]) -> Outcome[Stream]:
        try:
            outcome = self.teller.turn(asked)
            if asked.checks_rights:
                sweep()
            return outcome
        finally:
            connection.close()  # back into the pool: no stream holds one

    def _hand_out(self, outcome: Outcome[Stream]) -> None:
        self.position = outcome.position
        for stream, answer in outcome.refused.items():
            self.streams.refuse(stream, answer)
        for stream, viewer in outcome.viewers.items():
            if stream in self.streams.waiting:
                self.streams.let_in(stream, viewer)
                stream.tell(frames.HELLO)
        for stream, told in outcome.frames.items():
            for frame in told:
                stream.tell(frame)
        for stream in outcome.viewers:
            stream.tell(frames.event("ready", {}, outcome.position))
        for stream in outcome.ended:
            stream.end()
