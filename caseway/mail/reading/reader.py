"""Reads one message (RFC 5322) without asking anything but its bytes."""

from caseway.mail.reading.authentication import authentication_results_of
from caseway.mail.reading.automatic.bounces import bounce_of, is_report
from caseway.mail.reading.automatic.replies import automatic_reason
from caseway.mail.reading.body.contents import Contents, contents_of
from caseway.mail.reading.body.text import Body, body_of
from caseway.mail.reading.envelope import delivered_to, envelope_from
from caseway.mail.reading.files.attachments import MOST_ATTACHMENTS, attachments_of
from caseway.mail.reading.mime.addresses import addresses_of
from caseway.mail.reading.mime.dates import date_of
from caseway.mail.reading.mime.headers import Headers
from caseway.mail.reading.mime.identifiers import identifier_of, identifiers_of
from caseway.mail.reading.mime.part import Part
from caseway.mail.reading.mime.structure import structure_of
from caseway.mail.reading.model import Address, Note, ReadMail

LONGEST_SUBJECT = 10_000
DEEP = 100


def read(raw: bytes) -> ReadMail:
    """Read a message. Never raises for any bytes, and takes time and memory linear in them.

    What is no message at all reads as one without headers whose text is what it says.
    """
    root, parts_cut = structure_of(raw)
    headers = root.headers
    contents = contents_of(root)
    subject = headers.text("subject")
    body = body_of(contents, subject)
    senders = addresses_of(headers.raw("from"))
    sender = senders[0] if senders else None
    origin = envelope_from(headers)
    address = sender.email if sender else ""
    reason = automatic_reason(
        headers,
        sender=address,
        envelope_from=origin,
        subject=subject,
        is_report=is_report(root, contents),
    )
    return ReadMail(
        message_id=identifier_of(headers.raw("message-id")),
        in_reply_to=identifier_of(headers.raw("in-reply-to")),
        references=identifiers_of(headers.raw("references")),
        from_=sender,
        to=_addresses(headers, "to"),
        cc=_addresses(headers, "cc"),
        reply_to=_addresses(headers, "reply-to"),
        delivered_to=delivered_to(headers),
        envelope_from=origin,
        subject=subject[:LONGEST_SUBJECT],
        date=date_of(headers.raw("date")),
        text=body.text,
        html=body.html,
        html_new=body.html_new,
        html_quoted=body.html_quoted,
        reply=body.reply,
        interleaved=body.interleaved,
        attachments=attachments_of(contents),
        auto_reply=bool(reason),
        auto_reply_reason=reason.value,
        bounce=bounce_of(
            root,
            contents,
            sender=address,
            envelope_from=origin,
            subject=subject,
            text=body.text,
        ),
        authentication_results=authentication_results_of(headers),
        notes=_notes(root, contents, body, senders, parts_cut=parts_cut),
    )


def _addresses(headers: Headers, name: str) -> tuple[Address, ...]:
    """Give the mailboxes of all headers of one name: some programs repeat it."""
    return tuple(found for value in headers.raw_values(name) for found in addresses_of(value))


def _notes(
    root: Part, contents: Contents, body: Body, senders: tuple[Address, ...], *, parts_cut: bool
) -> tuple[Note, ...]:
    headers = root.headers
    noted = {
        Note.HEADERS_CUT: headers.cut,
        Note.PARTS_CUT: parts_cut,
        Note.ATTACHMENTS_CUT: len(contents.files) > MOST_ATTACHMENTS,
        Note.HTML_FLATTENED: body.flattened,
        Note.SEVERAL_SENDERS: len(senders) > 1,
        Note.SUBJECT_CUT: len(headers.text("subject")) > LONGEST_SUBJECT,
        Note.UNREADABLE_DATE: "date" in headers and date_of(headers.raw("date")) is None,
        Note.CHARACTERS_REPLACED: "\ufffd" in body.text or "\ufffd" in headers.text("subject"),
        Note.DEEPLY_NESTED: contents.depth > DEEP,
    }
    return tuple(note for note, holds in noted.items() if holds)
