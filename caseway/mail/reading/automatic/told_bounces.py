"""Bounces told in plain words, as mail servers wrote them before, and beside, RFC 3464."""

import re

from caseway.mail.reading.automatic.delivery_status import is_permanent, status_in
from caseway.mail.reading.mime.headers import Headers
from caseway.mail.reading.mime.identifiers import identifier_of
from caseway.mail.reading.model import Bounce

ADDRESS = r"[^\s<>()\[\],;:\"]{1,200}@[^\s<>()\[\],;:\"]{1,250}"
FAILED_SUBJECT = re.compile(
    r"(?:undeliver(?:able|ed)|delivery status notification|mail delivery (?:failed|failure|system)"
    r"|failure notice|returned mail|delivery (?:has )?failed|delivery failure|undelivered mail"
    r"|message (?:not delivered|undeliverable)|mail system error|warning: message .{0,40}delayed"
    r"|unzustellbar|nicht zustellbar|no se puede entregar|non remis|échec de (?:la )?remise"
    r"|không thể (?:gửi|phân phối)|系统退信|退信|无法投递)",
    re.IGNORECASE,
)
# One pattern for each family of servers: the group is the address that was not reached.
FAMILIES = (
    re.compile(rf"^<({ADDRESS})>(?: \(expanded from [^)\n]*\))?:(?=\s)", re.MULTILINE),
    re.compile(rf"failed(?: permanently)?:\s{{0,20}}<?({ADDRESS})>?", re.IGNORECASE),
    re.compile(
        rf"(?:delivery to the following recipients?|delivery has failed to these recipients"
        rf"|message (?:wasn't|was not|couldn't be|could not be) delivered to"
        rf"|could not be delivered to|the following address(?:es)? (?:failed|had)[^:\n]{{0,60}})"
        rf"[^@]{{0,200}}?<?({ADDRESS})>?",
        re.IGNORECASE,
    ),
    re.compile(rf"^\s{{0,8}}<?({ADDRESS})>?\s*$", re.MULTILINE),
)
DIAGNOSTIC = re.compile(
    r"^.{0,200}?\b[45]\d\d[ -].*$|^.*\b[45]\.\d{1,3}\.\d{1,3}\b.*$|^Remote (?:host|server) said:.*$"
    r"|^.*(?:mailbox (?:full|unavailable)|user unknown|no such user|does ?n.t exist|wasn't found).*$",
    re.IGNORECASE | re.MULTILINE,
)
RETURNED = re.compile(
    r"^-{2,} ?(?:this is a copy of the message|below this line is a copy|original message"
    r"|the header of the original message|message header follows).*$",
    re.IGNORECASE | re.MULTILINE,
)
MESSAGE_ID = re.compile(r"^>? ?Message-ID:[ \t]*(<[^<>\s]{1,1000}>)", re.IGNORECASE | re.MULTILINE)
DELAY = re.compile(
    r"\b(?:delayed|has not yet been delivered|will (?:be retried|keep trying)|temporar)", re.IGNORECASE
)

SEARCHED = 30_000
LONGEST_DIAGNOSTIC = 1_000


def told_bounce(headers: Headers, subject: str, text: str, message_id: str) -> Bounce | None:
    """Read a bounce that was written for people, None where the text is none.

    Ask only for messages of a mail server: a customer may well quote a bounce.
    """
    stated = headers.text("x-failed-recipients").partition(",")[0].strip()
    if not stated and not FAILED_SUBJECT.search(subject):
        return None
    text = text[:SEARCHED]
    returned = RETURNED.search(text)
    told = text[: returned.start()] if returned else text
    recipient = stated or _recipient(told)
    if not recipient:
        return None
    diagnostic = _diagnostic(told, recipient)
    status = status_in(diagnostic)
    delayed = DELAY.search(f"{subject}\n{told}") is not None
    original = MESSAGE_ID.search(text)
    permanent = is_permanent(status, diagnostic, otherwise=not delayed)
    return Bounce(
        recipient=recipient,
        status=status,
        diagnostic=diagnostic,
        permanent=permanent,
        original_message_id=message_id or (identifier_of(original[1]) if original else ""),
        is_delay=delayed and not permanent,
    )


def _recipient(text: str) -> str:
    for family in FAMILIES:
        found = family.search(text)
        if found:
            return found[1].strip("<>.")
    return ""


def _diagnostic(text: str, recipient: str) -> str:
    """What the other server said: the line with its code, at or after the address."""
    start = max(text.find(recipient), 0)
    found = DIAGNOSTIC.search(text, text.rfind("\n", 0, start) + 1) or DIAGNOSTIC.search(text)
    if not found:
        return ""
    line = found[0].replace(f"<{recipient}>:", "").strip()
    return " ".join(line.split())[:LONGEST_DIAGNOSTIC]
