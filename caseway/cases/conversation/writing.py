"""Storing a message on a locked case: its readers, what it moves, and the event that tells of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from caseway.cases import copies, court
from caseway.cases.access.locking import Locked
from caseway.cases.history.actions import SeenBy, record
from caseway.cases.history.events import MessagePosted
from caseway.cases.models import CaseEvent, Message
from caseway.cases.search.actions import index_message
from caseway.cases.types import Audience, Sharing, Source
from caseway.core.errors import Invalid
from caseway.core.text import clean, clean_line

from .authors import Author

LONGEST = 100_000
LONGEST_RECORD = 20_000

TOLD_TO = {
    Audience.CUSTOMER: SeenBy.CUSTOMER,
    Audience.PARTNER: SeenBy.SIDES,
    Audience.TEAM: SeenBy.ORGANISATION,
    Audience.RECORD: SeenBy.RECORD,
}


@dataclass(frozen=True)
class Content:
    """What is said. `quoted` is a mail's quoted text, `html` is sanitised by whoever made it."""

    text: str
    html: str = ""
    quoted: str = ""
    subject: str = ""
    cc: list[dict[str, str]] = field(default_factory=list)
    source: Source = Source.USER
    is_automatic: bool = False
    copies: Sequence[str] | None = None
    """The addresses to mail it to beside the customer or the partner's owner; None: all who take part."""
    acknowledges: bool = False
    """Whether its writer takes the work on by it: they have to act still, or from now on."""


def partner_id_for(locked: Locked, organisation_id: int) -> int:
    """The other organisation that shares the case. Raises Invalid at `audience` if there is none."""
    for other, side in locked.sides.items():
        if other != organisation_id and side.sharing == Sharing.SHARED:
            return other
    raise Invalid({"audience": _("There is no partner on this case. Add one first.")})


def checked(content: Content, audience: Audience, *, may_be_empty: bool = False) -> str:
    """The text, cleaned. Raises Invalid at `text` where it is missing or too long."""
    text = clean(content.text).strip()
    most = LONGEST_RECORD if audience is Audience.RECORD else LONGEST
    if not text and not may_be_empty:
        raise Invalid({"text": _("Write something first.")})
    if len(text) > most and content.source is not Source.EMAIL:
        raise Invalid({"text": _("Keep it under %(limit)s characters.") % {"limit": most}})
    return text


def write(
    locked: Locked,
    audience: Audience,
    organisation_id: int,
    author: Author,
    content: Content,
    *,
    may_be_empty: bool = False,
) -> Message:
    """Store the message, move what its readers see, and record the event.

    `organisation_id` is whose conversation it belongs to: the host's for customers, the
    writer's own otherwise.
    """
    case = locked.case
    with_customer = audience is Audience.CUSTOMER
    partner_id = partner_id_for(locked, organisation_id) if audience is Audience.PARTNER else None
    message = Message.objects.create(
        case=case,
        audience=audience,
        organisation_id=organisation_id,
        partner_id=partner_id,
        contact_id=case.contact_id if with_customer else None,
        account_id=case.account_id if with_customer else None,
        author=author.person,
        author_contact=author.contact,
        author_organisation_id=author.organisation_id,
        author_name=clean_line(author.name, 160),
        author_address=author.address[:254],
        source=content.source,
        subject=clean_line(content.subject),
        text=checked(content, audience, may_be_empty=may_be_empty),
        quoted=clean(content.quoted),
        html=content.html,
        cc=content.cc,
        is_automatic=content.is_automatic,
    )
    copies.note_message(locked, message)
    court.after_message(locked, message, acknowledges=content.acknowledges)
    index_message(message)
    return message


def tell(message: Message, author: Author, *, mentioned: Sequence[int] = ()) -> CaseEvent:
    """Record that the message was posted. Called last, so that whoever reacts finds its files.

    `mentioned` are the people whom a note names.
    """
    event = MessagePosted(
        message_id=message.pk,
        audience=Audience(message.audience),
        mentioned_person_ids=tuple(mentioned) or None,
    )
    seen_by = TOLD_TO[Audience(message.audience)]
    return record(message.case, event, author.actor, seen_by, organisation_id=message.organisation_id)
