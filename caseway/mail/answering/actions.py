"""Answering by a link: one action, whatever the answer is."""

from collections.abc import Callable

from caseway.cases.access.locking import lock_case
from caseway.cases.conversation.actions import receive
from caseway.cases.conversation.authors import Author
from caseway.cases.conversation.writing import Content
from caseway.cases.files.receiving import receive as receive_files
from caseway.cases.history.actions import SeenBy, record
from caseway.cases.history.answer_events import PartnerAnswered
from caseway.cases.models import Case, Message, PartnerAnswer
from caseway.cases.models.partner_answer import ONCE
from caseway.cases.types import AnswerKind, Audience, Source
from caseway.core.errors import Conflict
from caseway.core.transactions import action

from .given import Given
from .links import Link
from .standing import ended, goes_on_at
from .wording import words_of

TAKES_IT_ON = (AnswerKind.ACCEPTED, AnswerKind.ETA)
"""What leaves it to the partner to act: who asked has nothing to answer."""


@action
def answer(link: Link, given: Given) -> PartnerAnswer:
    """Say to the other side what the link is for, as its participant.

    It becomes a message of the partner, which moves the court to who asked, but for what `TAKES_IT_ON`.
    The same form again gives the answer of the first time. So does accepting, or reporting solved, once
    anybody of the organisation has done so. Raises Conflict where the link has ended.
    """
    case = lock_case(goes_on_at(link).pk).case
    before = _before(link, given)
    if before is not None:
        return before
    if (reason := ended(link, case)) is not None:
        raise Conflict(reason.told(link))
    message = _message(case, link, given)
    stored = PartnerAnswer.objects.create(
        case=case,
        organisation=link.partner,
        participant=link.participant,
        asked=link.asked,
        message=message,
        kind=link.kind,
        eta=given.eta,
        form=given.form,
    )
    event = PartnerAnswered(answer=link.kind, participant_id=link.participant.pk, message_id=message.pk)
    record(case, event, _author(link).actor, SeenBy.SIDES)
    return stored


def _before(link: Link, given: Given) -> PartnerAnswer | None:
    """What was answered already by this form, or once for all."""
    to_this = PartnerAnswer.objects.filter(asked=link.asked)
    same = to_this.filter(form=given.form).first()
    return same or (to_this.filter(kind=link.kind).first() if link.kind in ONCE else None)


def _message(case: Case, link: Link, given: Given) -> Message:
    content = Content(words_of(link, given), source=Source.EMAIL, acknowledges=link.kind in TAKES_IT_ON)
    home = link.partner if link.partner.signs_in else link.asker
    return receive(
        case,
        audience=Audience.PARTNER,
        organisation_id=home.pk,
        author=_author(link),
        content=content,
        keep_files=_keeper(given),
    )


def _keeper(given: Given) -> Callable[[Message], object]:
    return lambda message: receive_files(given.files, message)


def _author(link: Link) -> Author:
    who = link.participant
    return Author(name=who.name or who.address, address=who.address, organisation_id=link.partner.pk)
