"""What customers are told by mail: that their case is there, what we answer, that it is solved."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from caseway.accounts.models import Membership
from caseway.cases.conversation.queries import talking_apart_in
from caseway.cases.models import Case, CaseEvent, Message, Participant
from caseway.cases.satisfaction.links import link_token
from caseway.cases.satisfaction.queries import Question, question_about
from caseway.cases.types import Audience, Source, Verdict
from caseway.core.limits import count
from caseway.mail.models import AddressState, Delivery
from caseway.mail.outbox.actions import write
from caseway.mail.outbox.letters import Letter, Recipient
from caseway.mail.outbox.mime import MOST_FILE_BYTES

from .stopping.links import participant_link
from .words import language_for, portal_link, satisfaction_link, say

MOST_CONFIRMATIONS = 5
HOUR = 3600


def confirm_creation(event: CaseEvent) -> None:
    """Mail the customer the number of their new case.

    No word of what was submitted is in it, and an address gets five an hour at most: a form with
    somebody else's address makes no spam of ours. Automatic mails are not answered.
    """
    case = event.case
    if case.contact is None or case.source == Source.RULE:
        return
    contact = _contact_as_participant(case)
    if not case.contact.told_of_creation or _wants_silence(event, contact.address):
        return
    if count(f"case confirmation to {contact.address}", HOUR) <= MOST_CONFIRMATIONS:
        write(_letter(case, contact, "created", Delivery.Purpose.CREATED))


def send_answer(message: Message) -> None:
    """Mail our answer, with its files, to the customer and to whoever else takes part."""
    files = list(message.attachments.select_related("file").filter(quarantined=""))
    weight = sum(attachment.file.size for attachment in files)
    context = {
        "message": message,
        "files": files,
        "files_are_linked": weight > MOST_FILE_BYTES,
        "subject_of_case": _subject_of(message.case),
    }
    for reader in _readers(message.case, message.copied_to):
        if reader.address == message.author_address or not _wants(reader, "told_of_answers"):
            continue
        letter = _letter(message.case, reader, "answer", Delivery.Purpose.ANSWER, context)
        write(
            replace(
                letter,
                message=message,
                sender_name=message.author_name,
                with_files=True,
                is_automatic=False,
            )
        )


def tell_of_solution(event: CaseEvent) -> None:
    """Mail the customer, and whoever else takes part, that the case is closed.

    Under the subject of our answers: mail programs that thread by it show it below them. The
    customer, and nobody who takes part beside them, is asked whether they are satisfied. Customers
    of merged cases who talk with us under their own number are told of that.
    """
    _tell_solved(event.case, question_about(event.case))
    for joined in talking_apart_in(event.case):
        _tell_solved(joined, None)


def _tell_solved(case: Case, question: Question | None) -> None:
    if case.contact is None:
        return
    subject = _subject_of(case)
    for reader in _readers(case):
        if _wants(reader, "told_of_closing") and not _is_unreachable(case, reader.address):
            asked = question if reader.contact_id == case.contact_id else None
            context = {"subject_of_case": subject, "question": asked, **_answers(asked, case)}
            write(_letter(case, reader, "solved", Delivery.Purpose.SOLVED, context))


def _answers(asked: Question | None, case: Case) -> dict[str, object]:
    """The signed link of each answer, by its value."""
    if asked is None or case.contact is None:
        return {"links": {}}
    token = link_token(asked.closure.pk, case.contact.pk)
    return {"links": {answer: satisfaction_link(token, answer, case.brand) for answer in Verdict.values}}


def _subject_of(case: Case) -> str:
    """The case's subject as its customer knows it."""
    return case.sides.get(organisation=case.host).subject


def _letter(
    case: Case,
    reader: Participant,
    template: str,
    purpose: Delivery.Purpose,
    more: Mapping[str, object] | None = None,
) -> Letter:
    person = reader.contact.person if reader.contact else None
    context = {
        "case": case,
        "brand": case.brand,
        "house": case.brand.name if case.brand else case.host.name,
        "reader": reader.name,
        "link": portal_link(case.number, case.brand) if person else "",
        **(more or {}),
    }
    return Letter(
        purpose=purpose,
        to=Recipient(reader.address, reader.name, reader),
        words=say(template, language_for(person, case.host), context),
        organisation=case.host,
        brand=case.brand,
        case=case,
        audience=Audience.CUSTOMER,
        stop_link=_stop_link(case, reader, purpose),
    )


def _stop_link(case: Case, reader: Participant, purpose: Delivery.Purpose) -> str:
    """Where the reader gets no more of these: whose case it is isn't offered that at an answer, which
    they would miss for good."""
    is_theirs = reader.contact_id is not None and reader.contact_id == case.contact_id
    return "" if is_theirs and purpose == Delivery.Purpose.ANSWER else participant_link(reader)


def _readers(case: Case, copied_to: Collection[str] | None = None) -> list[Participant]:
    """Who is told: the contact and other participants, approved and subscribed; no colleague of ours.

    Where the writer chose to whom it is copied, the contact and those.
    """
    if case.contact is not None:
        _contact_as_participant(case)
    taking_part = Participant.objects.filter(
        case=case,
        organisation=case.host,
        audience=Audience.CUSTOMER,
        is_approved=True,
        is_subscribed=True,
    ).select_related("contact__person")
    seats = Membership.objects.filter(organisation=case.host, is_active=True)
    colleagues = set(seats.values_list("person__email", flat=True))
    found = [one for one in taking_part.order_by("pk") if one.address not in colleagues]
    if copied_to is None:
        return found
    always = {case.contact.email} if case.contact else set()
    return [one for one in found if one.address in always | set(copied_to)]


def _wants(reader: Participant, choice: str) -> bool:
    """Whether a contact chose to be told; those who were switched off are told nothing more."""
    contact = reader.contact
    return contact is None or (contact.is_active and bool(getattr(contact, choice)))


def _contact_as_participant(case: Case) -> Participant:
    assert case.contact is not None  # noqa: S101 - both callers have looked
    participant, _created = Participant.objects.get_or_create(
        case=case,
        organisation=case.host,
        audience=Audience.CUSTOMER,
        address=case.contact.email,
        defaults={"name": case.contact.name, "contact": case.contact},
    )
    if participant.contact_id == case.contact_id:
        participant.contact = case.contact  # loaded already
    return participant


def _wants_silence(event: CaseEvent, address: str) -> bool:
    """Whether a machine raised the case, or mails to the address came back; one query."""
    first = Message.objects.filter(pk=event.payload.get("message_id") or 0, is_automatic=True)
    came_back = AddressState.objects.filter(
        organisation=event.case.host_id, address=address, is_permanent=True
    )
    return first.order_by().values("pk").union(came_back.order_by().values("pk"), all=True).exists()


def _is_unreachable(case: Case, address: str) -> bool:
    """Whether mails to the address came back: notices are spared; answers tell that they are not sent."""
    return AddressState.objects.filter(organisation=case.host, address=address, is_permanent=True).exists()
