"""Mails of customers: a new case, a reply, a reopened case, a follow-up."""

from caseway.accounts.models import Organisation
from caseway.cases.conversation.actions import receive
from caseway.cases.conversation.authors import Author
from caseway.cases.creation.actions import Origin, create_from_mail
from caseway.cases.lifecycle.actions import reopen_by_mail
from caseway.cases.lifecycle.going_on import GoingOn, going_on
from caseway.cases.models import Case, Message, Participant
from caseway.cases.types import Audience, Source
from caseway.core.text import clean_line
from caseway.customers.models import Contact
from caseway.mail.models import RawMail, Why
from caseway.mail.reading import ReadMail

from .contents import content_of, keeper_of_files, note_copied
from .outcome import Outcome, State, held
from .routing import Route
from .subscribing import subscribe
from .thanks import only_thanks


def contact_with(organisation: Organisation, address: str, name: str) -> Contact:
    """The organisation's contact with this address, made if there is none."""
    contact, _created = Contact.objects.select_related("account").get_or_create(
        organisation=organisation, email=address, defaults={"name": clean_line(name, 160)}
    )
    return contact


def open_case(raw: RawMail, mail: ReadMail, sender: str, *, follow_up_of: Case | None = None) -> Outcome:
    """Make a case of the mail, for the contact with the sender's address."""
    if raw.organisation is None or len(sender) > 254:
        return held(Why.UNUSABLE_SENDER)
    name = mail.from_.name if mail.from_ else ""
    contact = contact_with(raw.organisation, sender, name)
    author = Author(name=contact.name or name or sender, address=sender, contact=contact)
    brand = raw.mailbox.brand if raw.mailbox else None
    if follow_up_of is not None:
        brand = follow_up_of.brand or brand
    keep = keeper_of_files(mail, raw.organisation)
    first: list[Message] = []

    def kept(message: Message) -> None:
        keep(message)
        first.append(message)
        # Before the case is confirmed: the confirmation answers this very mail.
        raw.case, raw.message = message.case, message
        raw.save(update_fields=["case", "message", "sender", "header_id"])

    case = create_from_mail(
        origin=Origin(raw.organisation, author, Source.EMAIL, brand, follow_up_of),
        contact=contact,
        content=content_of(mail, automatic=mail.auto_reply),
        keep_files=kept,
        shipment_id=follow_up_of.shipment_id if follow_up_of else None,
    )
    note_copied(mail, case, raw.organisation.pk, Audience.CUSTOMER, sender)
    return Outcome(State.PROCESSED, case=case, message=first[0], audience=Audience.CUSTOMER, opened=True)


def customer_replies(raw: RawMail, mail: ReadMail, route: Route, participant: Participant) -> Outcome:
    """Put the reply on its case. A solved case reopens within the policy's days; later a follow-up
    is made; an automatic reply, or one that only says thanks, leaves it solved."""
    case, organisation = route.case, raw.organisation
    if organisation is None or organisation.pk != case.host_id:
        return held(Why.OTHER_CONVERSATION, None)
    needs_us = not mail.auto_reply and not only_thanks(_new_words(mail))
    if needs_us and going_on(case) is GoingOn.FOLLOW_UP:
        return open_case(raw, mail, participant.address, follow_up_of=case)
    contact = (
        participant.contact
        or Contact.objects.filter(organisation=organisation, email=participant.address).first()
    )
    name = participant.name or (mail.from_.name if mail.from_ else "")
    author = Author(name=name or participant.address, address=participant.address, contact=contact)
    message = receive(
        case,
        audience=Audience.CUSTOMER,
        organisation_id=organisation.pk,
        author=author,
        content=content_of(mail, automatic=mail.auto_reply),
        keep_files=keeper_of_files(mail, organisation),
    )
    case = message.case
    if needs_us and going_on(case) is GoingOn.MAY_REOPEN:
        case = reopen_by_mail(case, author=author.actor)
    if not mail.auto_reply:
        subscribe(participant)
    note_copied(mail, case, organisation.pk, Audience.CUSTOMER, participant.address)
    return Outcome(State.PROCESSED, case=case, message=message, audience=Audience.CUSTOMER)


def _new_words(mail: ReadMail) -> str:
    """The words that count for `only_thanks`; files always ask for somebody's eyes."""
    shown = [file for file in mail.attachments if not file.inline]
    return "" if shown else (mail.reply or mail.text)
