"""A case with as many messages as hardly any has: what a page costs where a talk went on for months."""

from datetime import timedelta

from django.db import transaction

from caseway.accounts.viewer import Viewer
from caseway.cases.creation.actions import create
from caseway.cases.creation.fields import NewCase
from caseway.cases.models import Case, Message
from caseway.cases.types import Audience, Source
from caseway.core.clock import now
from caseway.customers.models import Contact

MESSAGES = 500
"""Beside the description, which its page shows above them."""
SUBJECT = "A talk of five hundred messages"
WORDS = "The pallet was seen at the terminal; the driver calls before noon. " * 6


@transaction.atomic
def longest_case(viewer: Viewer, contact: Contact) -> str:
    """The number of the case with 500 messages, made where the world has none yet."""
    made = Case.objects.visible_to(viewer).filter(contact=contact, sides__subject=SUBJECT).first()
    if made is None:
        made = create(NewCase(subject=SUBJECT, description=WORDS, contact=contact.pk), by=viewer)
        Message.objects.bulk_create(_said(made, n, viewer, contact) for n in range(MESSAGES))
    return made.number


def _said(case: Case, n: int, viewer: Viewer, contact: Contact) -> Message:
    """The messages come from customer and agent by turns, every tenth is a note."""
    is_note = n % 10 == 0
    message = Message(
        case=case,
        audience=Audience.TEAM if is_note else Audience.CUSTOMER,
        organisation_id=viewer.us,
        contact=None if is_note else contact,
        account=None if is_note else contact.account,
        source=Source.USER,
        text=f"{n}. {WORDS}",
        created_at=now() - timedelta(hours=6 * (MESSAGES - n)),
    )
    if n % 2:
        message.author_contact, message.author_name = contact, contact.name
        message.author_address = contact.email
    else:
        message.author, message.author_name = viewer.person, str(viewer.person)
        message.author_organisation_id = viewer.us
    return message
