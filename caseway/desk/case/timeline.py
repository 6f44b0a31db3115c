"""One timeline of a case: what people said, what happened, when; and what is new."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from caseway.accounts.viewer import Viewer
from caseway.cases.history.queries import Line
from caseway.cases.models import Message
from caseway.cases.types import Audience

NOTES = (Audience.TEAM, Audience.RECORD)


class Show(Enum):
    """The segments above the timeline."""

    ALL = "all"
    CUSTOMER = "customer"
    PARTNER = "partner"
    NOTES = "notes"
    FILES = "files"


FITS: dict[Show, Callable[[Message], bool]] = {
    Show.ALL: lambda _message: True,
    Show.CUSTOMER: lambda message: message.audience == Audience.CUSTOMER,
    Show.PARTNER: lambda message: message.audience == Audience.PARTNER,
    Show.NOTES: lambda message: message.audience in NOTES,
    Show.FILES: lambda message: bool(message.attachments.all()),
}


@dataclass(frozen=True)
class Entry:
    """One line of the timeline: a day that begins, the mark of what is new, a message or an event."""

    at: datetime
    message: Message | None = None
    line: Line | None = None
    begins_day: bool = False
    begins_news: bool = False


@dataclass(frozen=True)
class Segment:
    """One choice above the timeline, with how much it holds."""

    show: Show
    label: str
    count: int | None


def show_named(name: str) -> Show:
    """The segment with this name in an address; all of it for anything else."""
    return next((show for show in Show if show.value == name), Show.ALL)


def entries_of(
    messages: Sequence[Message],
    lines: Sequence[Line],
    show: Show,
    *,
    seen_at: datetime | None,
    viewer: Viewer,
) -> list[Entry]:
    """The entries of a segment, oldest first. Events are part of all only."""
    kept = [Entry(m.created_at, message=m) for m in messages if FITS[show](m)]
    if show is Show.ALL:
        kept += [Entry(line.at, line=line) for line in lines]
    kept.sort(key=lambda entry: (entry.at, entry.message is None))
    return list(_parted(kept, seen_at, viewer))


def _parted(entries: Iterable[Entry], seen_at: datetime | None, viewer: Viewer) -> Iterable[Entry]:
    """The entries with the beginnings of days, and of what somebody else did since `seen_at`."""
    day, news_begun = None, seen_at is None
    for entry in entries:
        its_day = localtime(entry.at).date()
        if its_day != day:
            day = its_day
            yield Entry(entry.at, begins_day=True)
        if not news_begun and seen_at is not None and entry.at > seen_at and not _is_mine(entry, viewer):
            news_begun = True
            yield Entry(entry.at, begins_news=True)
        yield entry


def _is_mine(entry: Entry, viewer: Viewer) -> bool:
    author = entry.message.author_id if entry.message else entry.line.event.actor_id if entry.line else None
    return author is not None and author == viewer.person_id


def segments_of(
    messages: Sequence[Message], counts: Mapping[Audience, int], partner: str, *, has_customer: bool
) -> list[Segment]:
    """The segments that this case has for this reader. `counts` is of all, `messages` may be the latest."""
    named = [(Show.ALL, _("All"))]
    if has_customer:
        named.append((Show.CUSTOMER, _("Customer")))
    if partner or counts[Audience.PARTNER]:
        named.append((Show.PARTNER, partner or _("Partner")))
    named += [(Show.NOTES, _("Notes")), (Show.FILES, _("Files"))]
    return [Segment(show, label, _count(messages, counts, show)) for show, label in named]


def _count(messages: Sequence[Message], counts: Mapping[Audience, int], show: Show) -> int | None:
    """How much a segment holds; None where that is not told, as of files while messages are folded."""
    match show:
        case Show.CUSTOMER:
            return counts[Audience.CUSTOMER]
        case Show.PARTNER:
            return counts[Audience.PARTNER]
        case Show.NOTES:
            return sum(counts[audience] for audience in NOTES)
        case Show.FILES if sum(counts.values()) == len(messages):
            return sum(len(message.attachments.all()) for message in messages)
    return None
