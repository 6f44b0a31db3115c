"""What is given and taken of mails that came in, and of blocked senders."""

from datetime import datetime

from pydantic import Field

from caseway.api.cases.schemas import PersonOut
from caseway.api.http.answers import In, Out
from caseway.mail.arrivals.queries import Arrival
from caseway.mail.models import BlockedSender, RawMail
from caseway.mail.reading import ReadMail


class MailOut(Out):
    """A mail to your organisation, and what became of it."""

    id: str
    outcome: RawMail.State
    reason: str | None = Field(description="Why it is held, ignored or rejected, in the caller's language")
    sender: PersonOut
    recipients: list[str]
    mailbox: str | None = Field(description="The address of yours that it came to")
    subject: str | None
    size: int = Field(description="Bytes")
    received_at: datetime
    case: str | None = Field(description="The number of the case that it is on")
    readable: bool = Field(
        description="False: it is on a case that the caller can't open; reason, subject and case are null"
    )


class WholeMailOut(MailOut):
    """A mail with what it says."""

    text: str | None = Field(description="Its text, the first 200,000 characters; null where not readable")
    files: list[str] = Field(description="The names of its attachments")


class MailBlockade(In):
    """Whose mails are ignored from now on."""

    whole_domain: bool = Field(False, description="All of the sender's domain, and what lies below it")


class BlockedSenderOut(Out):
    """An address, or a domain such as `@spam.example`, whose mails are ignored."""

    id: str
    pattern: str
    blocked_at: datetime


class NewBlockedSender(In):
    """Whom to block."""

    pattern: str = Field(min_length=1, max_length=320, description="An address, or a domain")


def mail_of(row: Arrival) -> MailOut:
    """A mail, as far as the caller may know of it."""
    mail, opens = row.mail, row.is_open
    return MailOut(
        id=str(mail.pk),
        outcome=RawMail.State(mail.state),
        reason=mail.reason or None if opens else None,
        sender=PersonOut(name=mail.sender_name or mail.sender, email=mail.sender or None),
        recipients=mail.recipients,
        mailbox=mail.mailbox.address if mail.mailbox else None,
        subject=mail.subject if opens else None,
        size=mail.size,
        received_at=mail.received_at,
        case=mail.case.number if mail.case and opens else None,
        readable=opens,
    )


def whole_mail_of(row: Arrival, read: ReadMail | None, longest: int) -> WholeMailOut:
    """A mail with its text, which is `read` where the caller may read it."""
    files = [file.name for file in read.attachments] if read else []
    return WholeMailOut(**mail_of(row).model_dump(), text=read.text[:longest] if read else None, files=files)


def blocked_sender_of(blocked: BlockedSender) -> BlockedSenderOut:
    """A blocked sender."""
    return BlockedSenderOut(id=str(blocked.pk), pattern=blocked.pattern, blocked_at=blocked.blocked_at)
