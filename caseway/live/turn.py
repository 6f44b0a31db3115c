"""One turn of the stream server: everything that it asks of the database, for all streams at once.

Runs in the one thread that may ask, and gives the connection back at its end.
"""

from collections import defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from caseway.accounts.viewer import Viewer
from caseway.cases.models import Case
from caseway.core import limits

from . import frames
from .changes import Feed, Happened, happened_since
from .presence.queries import Guest, Place, Table, others_at, present_now
from .sight import seen_by_each
from .streams import OPENINGS_A_MINUTE, Answer
from .telling import Change, told_of
from .tickets import Ticket, rights_of, viewers_of

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True)
class Asked(Generic[K]):
    """What a turn is about: streams that want in (with their position), and those that are open."""

    joining: Mapping[K, tuple[Ticket, int | None]]
    open: Mapping[K, tuple[Ticket, Viewer]]
    checks_rights: bool


@dataclass
class Outcome(Generic[K]):
    """What comes of a turn."""

    position: int = 0
    viewers: dict[K, Viewer] = field(default_factory=dict)
    refused: dict[K, Answer] = field(default_factory=dict)
    ended: set[K] = field(default_factory=set)
    frames: dict[K, list[bytes]] = field(default_factory=lambda: defaultdict(list))


@dataclass
class Teller(Generic[K]):
    """Keeps from turn to turn how far the news were told, and who was where."""

    feed: Feed = field(default_factory=Feed)
    present: Table = field(default_factory=dict)

    def turn(self, asked: Asked[K]) -> Outcome[K]:
        """Let in, check again, tell the news, tell who came and went."""
        out: Outcome[K] = Outcome()
        if not self.feed.position:
            self.feed.begin()
        if asked.joining:
            self._let_in(asked, out)
        if asked.checks_rights and asked.open:
            out.ended = _who_changed(asked.open)
        staying = {key: viewer for key, (_, viewer) in asked.open.items() if key not in out.ended}
        self._tell_news(staying, out)
        if out.viewers:
            self._catch_up(asked, out)
        self._tell_presence(staying, out)
        out.position = self.feed.position
        return out

    def _let_in(self, asked: Asked[K], out: Outcome[K]) -> None:
        for key, viewer in viewers_of({key: ticket for key, (ticket, _) in asked.joining.items()}).items():
            if viewer.person is None:
                out.refused[key] = Answer.SIGNED_OUT
            elif limits.count(f"events:{viewer.me}", 60) > OPENINGS_A_MINUTE:
                out.refused[key] = Answer.TOO_MANY
            else:
                out.viewers[key] = viewer

    def _tell_news(self, viewers: Mapping[K, Viewer], out: Outcome[K]) -> None:
        news = self.feed.news()
        if news is None:
            for key in viewers:
                out.frames[key].append(frames.event("reload", {}, self.feed.position))
            return
        for key, changes in told_of(news, viewers).items():
            out.frames[key] += _frames_of(changes, self.feed.position)

    def _catch_up(self, asked: Asked[K], out: Outcome[K]) -> None:
        """Tell those who come back what they have missed, the far too late to load anew."""
        missing = {key: position for key in out.viewers if (position := asked.joining[key][1]) is not None}
        late = {key for key, position in missing.items() if position > self.feed.position}
        rows = happened_since(min(missing.values())) if missing else []
        if rows is None:
            late = set(missing)
        for key in late:
            out.frames[key].append(frames.event("reload", {}, self.feed.position))
        for key, changes in _missed_by_each(rows or [], missing, out.viewers, late).items():
            out.frames[key] += _frames_of(changes, self.feed.position)

    def _tell_presence(self, staying: Mapping[K, Viewer], out: Outcome[K]) -> None:
        before, self.present = self.present, present_now()
        moved = {place for place in {*before, *self.present} if before.get(place) != self.present.get(place)}
        self._tell_places(moved, staying, out)
        self._tell_places(set(self.present), out.viewers, out)

    def _tell_places(self, places: set[Place], viewers: Mapping[K, Viewer], out: Outcome[K]) -> None:
        homes = {place.organisation_id for place in places}
        agents = {key: v for key, v in viewers.items() if v.is_agent and v.organisation_id in homes}
        if not agents:
            return
        cases = [place.case_id for place in places]
        seen = seen_by_each(agents, lambda v: Case.objects.visible_to(v).filter(pk__in=cases))
        for key, viewer in agents.items():
            for place in places:
                if place.organisation_id == viewer.organisation_id and place.case_id in seen[key]:
                    out.frames[key].append(_presence(place, self.present.get(place, frozenset()), viewer))


def _who_changed(streams: Mapping[K, tuple[Ticket, Viewer]]) -> set[K]:
    """The streams whose reader signed out, or sees by other rights than when it began."""
    present = viewers_of({key: ticket for key, (ticket, _) in streams.items()})
    return {key for key, (_, viewer) in streams.items() if rights_of(viewer) != rights_of(present[key])}


def _missed_by_each(
    rows: list[Happened], missing: Mapping[K, int], viewers: Mapping[K, Viewer], late: set[K]
) -> dict[K, list[Change]]:
    told: dict[K, list[Change]] = {}
    for position in set(missing.values()):
        group = {key: viewers[key] for key, at in missing.items() if at == position and key not in late}
        told |= told_of([row for row in rows if row.xid >= position], group)
    return told


def _presence(place: Place, guests: frozenset[Guest], viewer: Viewer) -> bytes:
    return frames.event("presence", {"number": place.number, "people": others_at(guests, viewer)})


def _frames_of(changes: list[Change], position: int) -> list[bytes]:
    """One frame each; the last carries the position, which is reached when all have arrived."""
    last = len(changes) - 1
    return [frames.event("case", c.as_json(), position if n == last else None) for n, c in enumerate(changes)]
