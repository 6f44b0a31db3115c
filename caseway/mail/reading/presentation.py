"""A read message as the JSON that `mail read` and `mail ingest` print."""

from dataclasses import asdict
from datetime import datetime

from caseway.mail.reading.model import Address, Bounce, ReadAttachment, ReadMail
from caseway.mail.reading.reader import read

NOTHING = read(b"")
BOUNCE_KEYS = ("recipient", "status", "diagnostic", "permanent")


def as_json(mail: ReadMail) -> dict[str, object]:
    """Give what the interface promises of a message, without a case.

    Identifiers and dates that are missing are null, texts are "". Dates are RFC 3339 in UTC.
    """
    return {
        "outcome": None,
        "reason": None,
        "message_id": mail.message_id or None,
        "in_reply_to": mail.in_reply_to or None,
        "references": list(mail.references),
        "from": _address(mail.from_ or Address("", "")),
        "to": [_address(address) for address in mail.to],
        "cc": [_address(address) for address in mail.cc],
        "reply_to": [_address(address) for address in mail.reply_to],
        "subject": mail.subject,
        "date": _moment(mail.date),
        "text": mail.text,
        "html": mail.html,
        "reply": mail.reply,
        "attachments": [_attachment(attachment) for attachment in mail.attachments],
        "auto_reply": mail.auto_reply,
        "bounce": _bounce(mail.bounce),
    }


def rejected(reason: str) -> dict[str, object]:
    """Give the JSON of what can't be read as a message: every key, and the reason."""
    return {**as_json(NOTHING), "outcome": "rejected", "reason": reason}


def _address(address: Address) -> dict[str, str]:
    return {"name": address.name, "address": address.email}


def _moment(date: datetime | None) -> str | None:
    return date.isoformat().replace("+00:00", "Z") if date else None


def _attachment(attachment: ReadAttachment) -> dict[str, object]:
    return {
        "name": attachment.name,
        "type": attachment.type,
        "size": attachment.size,
        "sha256": attachment.sha256,
        "inline": attachment.inline,
        "content_id": attachment.content_id or None,
        "quarantined": attachment.quarantined,
    }


def _bounce(bounce: Bounce | None) -> dict[str, object] | None:
    if bounce is None:
        return None
    told = asdict(bounce)
    return {key: told[key] for key in BOUNCE_KEYS}
