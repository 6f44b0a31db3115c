"""The mail that a partner's people get: what is new, the shipment, what they can do, what was said before."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils import timezone

from caseway.accounts.models import Organisation
from caseway.accounts.reader import zone_named
from caseway.cases.family import family_of
from caseway.cases.models import Attachment, Message, Participant, Side
from caseway.cases.types import AnswerKind, Audience
from caseway.core.clock import now
from caseway.mail.answering.links import Link, address_of
from caseway.mail.answering.queries import read_by
from caseway.mail.answering.standing import are_partners
from caseway.mail.models import Delivery
from caseway.mail.outbox.letters import Letter, Recipient
from caseway.mail.outbox.mime import MOST_FILE_BYTES

from .stopping.links import participant_link
from .words import language_for, say

MOST_EARLIER = 10
"""Messages that are quoted below the new one, the latest first; the page behind the links has more."""


@dataclass(frozen=True)
class Way:
    """One thing that the reader can do, and where."""

    kind: AnswerKind
    url: str


@dataclass(frozen=True)
class Occasion:
    """A message that is mailed: in whose name, to people of which side, who wants to hear for good."""

    message: Message
    sender: Organisation
    side: Side
    collaborators: Sequence[str]


def letter_to(reader: Participant, about: Occasion) -> Letter:
    """The letter to one of the partner's people. Whoever gets it by the partnership can't end it here.

    Nothing is in it but what was written for the partner, and of that only what this reader may read.
    """
    message, side = about.message, about.side
    with timezone.override(zone_named(side.organisation.time_zone)):
        words = say("partner", language_for(None, side.organisation), _context(reader, about))
    letter = Letter(
        purpose=Delivery.Purpose.PARTNER,
        to=Recipient(reader.address, reader.name, reader),
        words=words,
        organisation=about.sender,
        case=message.case,
        message=message,
        audience=Audience.PARTNER,
        stop_link="" if reader.address in about.collaborators else participant_link(reader),
    )
    return replace(letter, sender_name=message.author_name, with_files=True, is_automatic=False)


def _context(reader: Participant, about: Occasion) -> dict[str, object]:
    message = about.message
    files = list(message.attachments.select_related("file").filter(quarantined=""))
    ways = _ways(reader, about)
    return {
        "message": message,
        "house": about.sender.name,
        "brand": None,
        "reader": "",
        "case": message.case,
        "subject_of_case": about.side.subject,
        "shipment": message.case.shipment,
        "link": "",
        "ways": ways,
        "page": address_of(_link(reader, message, AnswerKind.WORDS)) if ways else "",
        "days": about.sender.policy.partner_links_days,
        "files": files,
        "files_are_linked": _weight(files) > MOST_FILE_BYTES,
        "earlier": _earlier(reader, message),
    }


def _ways(reader: Participant, about: Occasion) -> list[Way]:
    """What the reader can do by a link; nothing where it is our own people who are told, and while
    the partnership is paused: they answer by a reply then."""
    if about.sender.pk == reader.organisation_id or not are_partners(about.sender.pk, reader.organisation_id):
        return []
    kinds = [kind for kind in AnswerKind if kind is not AnswerKind.WORDS]
    return [Way(kind, address_of(_link(reader, about.message, kind))) for kind in kinds]


def _link(reader: Participant, message: Message, kind: AnswerKind) -> Link:
    return Link(kind, reader, message, now())


def _weight(files: Sequence[Attachment]) -> int:
    return sum(attachment.file.size for attachment in files)


def _earlier(reader: Participant, message: Message) -> list[Message]:
    rows = read_by(reader, family_of(message.case)).exclude(pk=message.pk)
    return list(rows.select_related("author_organisation").order_by("-created_at", "-pk")[:MOST_EARLIER])
