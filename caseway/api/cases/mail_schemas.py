"""What is given of the mails of a case: those that are held, and those that were sent."""

from datetime import datetime

from pydantic import Field

from caseway.api.http.answers import In, Out
from caseway.cases.types import Audience
from caseway.mail.models import Delivery, RawMail

from .schemas import PersonOut


class Admission(In):
    """How a held mail is let in."""

    all_cases: bool = Field(False, description="Mail its sender on every case with this partner")


class HeldMailOut(Out):
    """A mail from an address that takes no part: it waits for one of your agents to decide."""

    id: str
    case: str
    sender: PersonOut
    subject: str
    preview: str = Field(description="How its text begins")
    reason: str = Field(description="Why it is held, in the caller's language")
    audience: Audience = Field(description="The conversation that it would join")
    received_at: datetime


class DeliveryOut(Out):
    """A mail of your organisation that brought a message to somebody, or is to."""

    id: str
    message: str = Field(description="The message's id")
    to: PersonOut = Field(description="Of a partner with a desk of its own the name alone")
    state: Delivery.State
    reason: str = Field(description="What the mail server said, where it did not arrive or is tried again")
    written_at: datetime
    sent_at: datetime | None
    delivered_at: datetime | None = Field(description="When its provider says that it arrived, if it tells")


def held_mail_of(mail: RawMail) -> HeldMailOut:
    """A held mail, its case joined."""
    return HeldMailOut(
        id=str(mail.pk),
        case=mail.case.number if mail.case else "",
        sender=PersonOut(name=mail.sender_name or mail.sender, email=mail.sender),
        subject=mail.subject,
        preview=mail.preview,
        reason=mail.reason,
        audience=Audience(mail.audience),
        received_at=mail.received_at,
    )


def delivery_of(mail: Delivery) -> DeliveryOut:
    """A mail of the caller's organisation."""
    return DeliveryOut(
        id=str(mail.pk),
        message=str(mail.message_id),
        to=_reader_of(mail),
        state=Delivery.State(mail.state),
        reason=mail.shown_error,
        written_at=mail.written_at,
        sent_at=mail.sent_at,
        delivered_at=mail.shown_delivered_at,
    )


def _reader_of(mail: Delivery) -> PersonOut:
    if mail.house:
        return PersonOut(name=mail.house.name, email=None)
    return PersonOut(name=mail.name or mail.address, email=mail.address)
