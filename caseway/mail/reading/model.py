"""What is known about a message once it has been read."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Note(StrEnum):
    """Something that was cut or mended while reading; the raw message stays the truth."""

    CHARACTERS_REPLACED = "characters-replaced"
    HEADERS_CUT = "headers-cut"
    PARTS_CUT = "parts-cut"
    ATTACHMENTS_CUT = "attachments-cut"
    DEEPLY_NESTED = "deeply-nested"
    HTML_FLATTENED = "html-flattened"
    SEVERAL_SENDERS = "several-senders"
    SUBJECT_CUT = "subject-cut"
    UNREADABLE_DATE = "unreadable-date"


@dataclass(frozen=True, slots=True)
class Address:
    """A mailbox as a header names it; `email` is empty where the header gave none."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class ReadAttachment:
    """A file of the message; `type` comes from its content, the declared one is a hint only.

    `quarantined` says that its name or content can do harm when opened. `size` is in bytes.
    """

    name: str
    type: str
    size: int
    sha256: str
    inline: bool
    content_id: str
    quarantined: bool
    content: bytes


@dataclass(frozen=True, slots=True)
class Bounce:
    """A report that a message could not be delivered (RFC 3464, or told in plain words).

    `original_message_id` is the Message-ID of what bounced, empty where the report hides it.
    `is_delay` says that the server keeps trying.
    """

    recipient: str
    status: str
    diagnostic: str
    permanent: bool
    original_message_id: str = ""
    is_delay: bool = False


@dataclass(frozen=True, slots=True)
class AuthenticationResult:
    """One method's result of an Authentication-Results header (RFC 8601), unjudged."""

    method: str
    result: str
    properties: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class AuthenticationResults:
    """One Authentication-Results header; only the one of a trusted server means anything."""

    authserv_id: str
    results: tuple[AuthenticationResult, ...]


@dataclass(frozen=True, slots=True)
class ReadMail:
    """One message, read. Every string is valid Unicode without NUL; dates are in UTC.

    `text` is the whole text. `reply` is what its writer added, without quotes and
    signature. `html` is sanitised; `html_new` and `html_quoted` are the same markup,
    cut into what is new and what a page folds away. `interleaved` says that answers stand
    between quotes, so that `reply` alone may be hard to follow.

    `delivered_to` and `envelope_from` are hints of the mail servers on the way
    (`envelope_from` is None where none spoke, "" for the null sender).
    """

    message_id: str
    in_reply_to: str
    references: tuple[str, ...]
    from_: Address | None
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    reply_to: tuple[Address, ...]
    delivered_to: tuple[str, ...]
    envelope_from: str | None
    subject: str
    date: datetime | None
    text: str
    html: str
    html_new: str
    html_quoted: str
    reply: str
    interleaved: bool
    attachments: tuple[ReadAttachment, ...]
    auto_reply: bool
    auto_reply_reason: str
    bounce: Bounce | None
    authentication_results: tuple[AuthenticationResults, ...]
    notes: tuple[Note, ...]
