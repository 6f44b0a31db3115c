"""Making a case: by an agent, a customer, a mail or a rule."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from caseway.accounts.models import Brand, Organisation, Person
from caseway.accounts.viewer import Viewer
from caseway.cases.access.locking import Locked
from caseway.cases.conversation.authors import Author
from caseway.cases.conversation.drafts import forget_draft
from caseway.cases.conversation.writing import Content, tell, write
from caseway.cases.files.actions import attach
from caseway.cases.history.actions import record
from caseway.cases.history.events import CaseCreated
from caseway.cases.models import Case, Category, Message, Participant, Priority, Side
from caseway.cases.numbers import next_number
from caseway.cases.partnering.actions import bring_in
from caseway.cases.search.actions import index_side
from caseway.cases.status import Status
from caseway.cases.types import Audience, CaseType, Court, Source
from caseway.core.clock import now
from caseway.core.errors import NotAllowed
from caseway.core.text import clean_line, excerpt
from caseway.core.transactions import action
from caseway.customers.models import Contact

from .fields import Checked, NewCase, check, partner_named


@dataclass(frozen=True)
class Origin:
    """Where a case comes from: whose it is, who made it, and how."""

    host: Organisation
    author: Author
    source: Source
    brand: Brand | None = None
    follow_up_of: Case | None = None


@action
def create(
    new: NewCase,
    *,
    by: Viewer,
    brand: Brand | None = None,
    follow_up_of: Case | None = None,
    ends_draft: bool = True,
) -> Case:
    """Make a case as a signed-in person.

    An agent owns it unless they say otherwise (Open), a customer's is New. What a customer writes
    is the first message. With a partner, the partner gets the subject and text written for it.
    An agent's draft of a new case ends with it, unless it came of something else (`ends_draft`).
    Raises NotAllowed, and Invalid with an error at each field that is wrong.
    """
    if by.organisation is None or by.person is None:
        raise NotAllowed("Sign in to raise a case.")
    fields, partner = check(new, by), partner_named(new.partner if by.is_agent else None, by)
    source = Source.PORTAL if by.is_contact and new.source is Source.USER else new.source
    origin = Origin(by.organisation, Author.of(by), source, brand, follow_up_of)
    owned = by.is_agent and new.owned
    locked = _store(fields, origin, owner=by.person if owned else None)
    message = None
    if by.is_contact or new.attachments:
        audience = Audience.CUSTOMER if by.is_contact else Audience.TEAM
        message = _first_message(locked, audience, origin, Content(fields.description, source=source))
        attach(message, new.attachments, by=by)
    if ends_draft and by.is_agent and source is not Source.API:  # a program ends nothing that somebody types
        forget_draft(by, None, Audience.TEAM)
    _tell_of(locked, origin, message)
    if partner is not None:
        bring_in(locked, partner, by, new.partner_subject, new.partner_text, listed=new.partner_listed)
    return locked.case


@transaction.atomic(savepoint=False)
def create_from_mail(
    *,
    origin: Origin,
    contact: Contact,
    content: Content,
    keep_files: Callable[[Message], object] | None = None,
    shipment_id: int | None = None,
) -> Case:
    """Make a New case out of a mail to one of our addresses; the mail is its first message.

    Part of the caller's transaction: an error here ends all of it.
    """
    words = content.text or content.quoted
    fields = Checked(
        subject=clean_line(content.subject) or excerpt(words, 80) or str(CaseType.GENERAL_STATUS.label),
        description=words,
        contact=contact,
        account=contact.account,
        priority=Priority.objects.filter(organisation=origin.host, is_default=True).first(),
    )
    locked = _store(fields, origin, shipment_id=shipment_id)
    message = _first_message(locked, Audience.CUSTOMER, origin, content)
    if keep_files is not None:
        keep_files(message)
    _tell_of(locked, origin, message)
    return locked.case


def _store(
    fields: Checked, origin: Origin, *, owner: Person | None = None, shipment_id: int | None = None
) -> Locked:
    at, status = now(), Status.OPEN if owner else Status.NEW
    case = Case.objects.create(
        number=next_number(),
        host=origin.host,
        status=status,
        type=fields.type,
        source=origin.source,
        shipment_id=fields.shipment.pk if fields.shipment else shipment_id,
        brand=origin.brand or (fields.shipment.brand if fields.shipment else None),
        creator=origin.author.person,
        contact=fields.contact,
        account=fields.account,
        follow_up_of=origin.follow_up_of,
        created_at=at,
        customer_updated_at=at,
    )
    side = Side.objects.create(
        case=case,
        organisation=origin.host,
        account=fields.account,
        brand=case.brand,
        source=case.source,
        shipment_id=case.shipment_id,
        subject=fields.subject,
        description=fields.description,
        owner=owner,
        team=fields.category.default_team if fields.category else None,
        category=fields.category,
        contact_method=fields.contact_method,
        priority=fields.priority,
        deadline=fields.deadline or _deadline_of(fields.category, at),
        crm_number=fields.crm_number,
        tags=fields.tags,
        court=Court.US,
        number=case.number,
        status=status,
        type=fields.type,
        created_at=at,
        updated_at=at,
    )
    # Nobody else takes part yet: only a shipment has parties to look up.
    index_side(side, parties=None if case.shipment_id else ())
    return Locked(case, {origin.host.pk: side})


def _deadline_of(category: Category | None, at: datetime) -> datetime | None:
    """The category's default deadline, counted from the case's beginning."""
    hours = category.deadline_hours if category else None
    return at + timedelta(hours=hours) if hours else None


def _first_message(locked: Locked, audience: Audience, origin: Origin, content: Content) -> Message:
    author = origin.author
    message = write(locked, audience, origin.host.pk, author, content, may_be_empty=True)
    if audience is Audience.CUSTOMER and author.address:
        Participant.objects.create(
            case=locked.case,
            organisation=origin.host,
            audience=audience,
            address=author.address,
            name=author.name,
            contact=locked.case.contact,
        )
    return message


def _tell_of(locked: Locked, origin: Origin, message: Message | None) -> None:
    """The case's own event comes before its first message's."""
    event = CaseCreated(
        source=origin.source,
        message_id=message.pk if message else None,
        follow_up_of_case_id=origin.follow_up_of.pk if origin.follow_up_of else None,
    )
    record(locked.case, event, origin.author.actor)
    if message is not None:
        tell(message, origin.author)
