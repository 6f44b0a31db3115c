"""What a notice says to its reader, loaded through `visible_to` when it is shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from caseway.accounts.viewer import Viewer
from caseway.cases.history.events import MessagePosted
from caseway.cases.history.queries import Line, lines_of
from caseway.cases.models import CaseEvent, Message, Side
from caseway.cases.types import Audience
from caseway.notifications.models import Kind, Notice

LONGEST_EXCERPT = 160


@dataclass(frozen=True)
class Told:
    """One line of the page."""

    key: int
    kind: Kind
    icon: str
    sentence: str
    at: datetime
    number: str
    subject: str
    excerpt: str
    actor: str
    message: int | None
    unread: bool


def told(notices: Sequence[Notice], viewer: Viewer) -> list[Told]:
    """The notices (of `visible_to(viewer)`, with events and their cases) in words; four queries."""
    lines = {line.event.pk: line for line in lines_of([one.event for one in notices], viewer)}
    cases = [one.case_id for one in notices]
    sides = {side.case_id: side for side in Side.objects.visible_to(viewer).filter(case__in=cases)}
    keys = [one.message_id for one in notices if one.message_id]
    messages = Message.objects.visible_to(viewer).in_bulk(keys) if keys else {}
    return [
        _told(one, lines[one.event_id], sides[one.case_id], messages.get(one.message_id or 0))
        for one in notices
        if one.case_id in sides
    ]


def sentence_of(event: CaseEvent, viewer: Viewer, kind: Kind) -> str:
    """What happened, in the language of the moment, as the viewer may know it."""
    return _sentence(lines_of([event], viewer)[0], kind)


def _told(notice: Notice, line: Line, side: Side, message: Message | None) -> Told:
    kind = Kind(notice.kind)
    return Told(
        key=notice.pk,
        kind=kind,
        icon="at" if kind is Kind.MENTIONED else line.icon,
        sentence=_sentence(line, kind),
        at=notice.told_at,
        number=side.number,
        subject=side.subject,
        excerpt=Truncator(message.text).chars(LONGEST_EXCERPT) if message else "",
        actor=line.actor,
        message=message.pk if message else None,
        unread=bool(getattr(notice, "is_unread", False)),
    )


def _sentence(line: Line, kind: Kind) -> str:
    """Of a message the page's own words: the timeline shows the message itself instead."""
    if line.event.kind != MessagePosted.kind:
        return line.sentence
    if kind is Kind.MENTIONED:
        words = _("%(actor)s mentioned you")
    else:
        words = {
            Audience.TEAM: _("%(actor)s wrote a note"),
            Audience.RECORD: _("%(actor)s wrote into the internal record"),
        }.get(Audience(line.event.payload["audience"]), _("%(actor)s wrote"))
    return words % {"actor": line.actor}
