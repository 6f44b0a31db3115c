"""What is to be said to whom; `write` makes a delivery of it."""

from dataclasses import dataclass

from caseway.accounts.models import Brand, Organisation
from caseway.cases.models import Case, Message, Participant
from caseway.cases.types import Audience
from caseway.mail.models import Delivery


@dataclass(frozen=True)
class Recipient:
    """One reader. `participant` is set where their reply joins a conversation as theirs."""

    address: str
    name: str = ""
    participant: Participant | None = None


@dataclass(frozen=True)
class Words:
    """What the mail says, in the reader's language."""

    subject: str
    text: str
    html: str = ""


@dataclass(frozen=True, kw_only=True)
class Letter:
    """One mail to one recipient, sent in the name of `organisation` (and its `brand`).

    `audience` is the conversation that a reply joins; without it replies are not expected.
    `sender_name` is the person who speaks, shown before the brand's name. `is_automatic`: no
    person wrote it, so that nothing may answer it by itself. `stop_link` is where the reader, or their
    mail program in one click, gets no more of these (RFC 8058).
    """

    purpose: Delivery.Purpose
    to: Recipient
    words: Words
    organisation: Organisation | None = None
    brand: Brand | None = None
    sender_name: str = ""
    case: Case | None = None
    message: Message | None = None
    audience: Audience | None = None
    with_files: bool = False
    is_automatic: bool = True
    stop_link: str = ""
