"""What a participant of the partner may read without a sign-in, and what was answered."""

from uuid import UUID

from django.db.models import Q, QuerySet

from caseway.cases.family import family_of
from caseway.cases.models import Attachment, Case, Message, Participant, PartnerAnswer, StoredFile
from caseway.cases.models.partner_answer import ONCE
from caseway.cases.types import Audience
from caseway.core.errors import NotFound

from .links import Link

MOST = 50
"""Messages of the thread that the page shows, the latest."""


def read_by(participant: Participant, family: list[int]) -> QuerySet[Message]:
    """The partner messages that the participant may read on these cases: those of their organisation
    since they take part, and their own; never one that its writer chose to mail to others."""
    us, address = participant.organisation_id, participant.address
    theirs = Q(organisation=us) | Q(partner=us)
    mine = Q(author_address=address, author_organisation=us)
    since = Q(created_at__gte=participant.since)
    for_me = Q(copied_to__isnull=True) | Q(copied_to__contains=[address])
    rows = Message.objects.filter(theirs, mine | (since & for_me), case__in=family)
    return rows.filter(audience=Audience.PARTNER)


def thread_of(link: Link, case: Case) -> list[Message]:
    """The latest of what the link's participant may read, newest first, with its files."""
    rows = read_by(link.participant, family_of(case)).select_related("author_organisation")
    return list(rows.prefetch_related("attachments__file").order_by("-created_at", "-pk")[:MOST])


def file_of(link: Link, case: Case, key: UUID) -> Attachment:
    """A file of a message that the participant may read. Raises NotFound for any other."""
    messages = read_by(link.participant, family_of(case))
    found = Attachment.objects.select_related("file").filter(message__in=messages, pk=key).first()
    if found is None or found.quarantined or found.file.state != StoredFile.State.CLEAN:
        raise NotFound
    return found


def done_once(link: Link) -> PartnerAnswer | None:
    """What was done already where the link is for what is done once."""
    if link.kind not in ONCE:
        return None
    answers = PartnerAnswer.objects.select_related("message", "organisation")
    return answers.filter(asked=link.asked, kind=link.kind).first()


def answer_of(link: Link, key: str) -> PartnerAnswer | None:
    """The answer with this id to the link's message by its participant, for saying that it has arrived."""
    if not key.isdecimal() or len(key) > 18:
        return None
    answers = PartnerAnswer.objects.select_related("message")
    return answers.filter(pk=int(key), asked=link.asked, participant=link.participant).first()
