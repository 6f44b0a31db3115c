"""The attachments of a message."""

import hashlib
import mimetypes

from caseway.mail.reading.body.contents import Contents
from caseway.mail.reading.body.forwarded import inner_message
from caseway.mail.reading.files.danger import is_dangerous
from caseway.mail.reading.files.names import UniqueNames, safe_name
from caseway.mail.reading.files.types import type_of
from caseway.mail.reading.mime.characters import as_one_line
from caseway.mail.reading.mime.part import Part
from caseway.mail.reading.mime.structure import MESSAGES
from caseway.mail.reading.model import ReadAttachment

MOST_ATTACHMENTS = 1_000
LONGEST_CONTENT_ID = 500
ENDINGS = {
    "message/rfc822": ".eml",
    "text/plain": ".txt",
    "text/calendar": ".ics",
    "image/jpeg": ".jpg",
    "application/octet-stream": ".bin",
    "application/pgp-signature": ".asc",
}


def attachments_of(contents: Contents) -> tuple[ReadAttachment, ...]:
    """Read up to 1,000 attachments in their order; archives stay packed."""
    names = UniqueNames()
    return tuple(
        _attachment(part, number, names)
        for number, part in enumerate(contents.files[:MOST_ATTACHMENTS], start=1)
    )


def _attachment(part: Part, number: int, names: UniqueNames) -> ReadAttachment:
    is_message = part.type in MESSAGES
    content = part.content()
    kind = "message/rfc822" if is_message else type_of(content, part.type, part.file_name)
    given = part.file_name
    if is_message and not given:
        given = _subject_as_name(part)
    name = safe_name(given, f"attachment-{number}{_ending_for(kind)}")
    return ReadAttachment(
        name=names.unique(name),
        type=kind,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        inline=_is_inline(part),
        content_id=as_one_line(part.content_id)[:LONGEST_CONTENT_ID],
        quarantined=is_dangerous(name, kind, content) or is_dangerous(given, kind, b""),
        content=content,
    )


def _is_inline(part: Part) -> bool:
    """A picture within the text: said so, or told by an identifier that the text may name."""
    if part.disposition.value:
        return part.disposition.value == "inline"
    return bool(part.content_id)


def _subject_as_name(part: Part) -> str:
    inner = inner_message(part)
    subject = inner.headers.text("subject").replace("/", "-") if inner else ""
    return f"{subject[:100]}.eml" if subject else ""


def _ending_for(kind: str) -> str:
    return ENDINGS.get(kind) or mimetypes.guess_extension(kind) or ".bin"
