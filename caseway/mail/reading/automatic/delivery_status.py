"""Delivery reports in the form that machines agreed on (RFC 3464)."""

import re

from caseway.mail.reading.body.contents import DELIVERY_STATUS, RETURNED_HEADERS, Contents
from caseway.mail.reading.body.forwarded import inner_message
from caseway.mail.reading.mime.characters import as_one_line
from caseway.mail.reading.mime.headers import Headers, read_headers
from caseway.mail.reading.mime.identifiers import identifier_of
from caseway.mail.reading.mime.part import Part
from caseway.mail.reading.model import Bounce

STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
SMTP_CODE = re.compile(r"\b([45])\d\d\b")
BLANK_LINES = re.compile(rb"\r?\n(?:[ \t]*\r?\n)+")

MOST_GROUPS = 200
LONGEST_DIAGNOSTIC = 1_000


def reported_bounce(contents: Contents) -> Bounce | None:
    """Read the first recipient that a report says was not reached, None if there is none.

    A report of success, or of a delay that is no failure yet, gives none or a bounce that
    isn't permanent.
    """
    reports = [part for part in contents.reports if part.type in DELIVERY_STATUS]
    groups = [group for part in reports for group in _groups(part)]
    failed = [group for group in groups if group.text("action").lower().startswith("failed")]
    delayed = [group for group in groups if group.text("action").lower().startswith("delayed")]
    unsaid = [group for group in groups if "action" not in group and _recipient(group)]
    chosen = next(iter(failed or delayed or unsaid), None)
    if chosen is None:
        return None
    return _bounce(chosen, original_message_id(contents), is_failure=bool(failed or not delayed))


def original_message_id(contents: Contents) -> str:
    """Give the Message-ID of the message that a report returns, "" where none is returned."""
    for part in contents.messages:
        inner = inner_message(part)
        if inner and (found := identifier_of(inner.headers.raw("message-id"))):
            return found
    for part in contents.reports:
        if part.type in RETURNED_HEADERS:
            headers, _ = read_headers(part.content().lstrip(), 0, _no_boundary)
            if found := identifier_of(headers.raw("message-id")):
                return found
    return ""


def status_in(text: str) -> str:
    """Find an enhanced status code such as 5.1.1 (RFC 3463) in words, "" if there is none."""
    found = STATUS.search(text)
    return found[1] if found else ""


def is_permanent(status: str, diagnostic: str, *, otherwise: bool) -> bool:
    """Say whether trying again is pointless: by the status, else by the SMTP code."""
    if status:
        return status.startswith("5")
    code = SMTP_CODE.search(diagnostic)
    return code[1] == "5" if code else otherwise


def _groups(part: Part) -> list[Headers]:
    """Cut a report into its groups of fields; the first is about the message."""
    content = part.content().strip()
    return [
        read_headers(group.lstrip(), 0, _no_boundary)[0]
        for group in BLANK_LINES.split(content, maxsplit=MOST_GROUPS)[:MOST_GROUPS]
    ]


def _no_boundary(position: int) -> bool:
    return False


def _recipient(group: Headers) -> str:
    for name in ("final-recipient", "original-recipient"):
        value = group.text(name).rpartition(";")[2].strip().strip("<>")
        if value:
            return as_one_line(value)
    return ""


def _bounce(group: Headers, message_id: str, *, is_failure: bool) -> Bounce:
    diagnostic = " ".join(group.text("diagnostic-code").split())
    kind, semicolon, rest = diagnostic.partition(";")
    if semicolon and kind.strip().isidentifier():
        diagnostic = rest.strip()
    status = status_in(group.text("status")) or status_in(diagnostic)
    return Bounce(
        recipient=_recipient(group),
        status=status,
        diagnostic=diagnostic[:LONGEST_DIAGNOSTIC],
        permanent=is_failure and is_permanent(status, diagnostic, otherwise=is_failure),
        original_message_id=message_id,
        is_delay=not is_failure,
    )
