"""A read mail as what is kept of it on a case: words, folded quotes, files, copied readers."""

import io
from collections.abc import Callable

from django.utils.translation import gettext as _

from caseway.accounts.models import Organisation
from caseway.cases.conversation.writing import Content
from caseway.cases.files.receiving import Received, receive
from caseway.cases.models import Case, Message, Participant
from caseway.cases.types import Audience, Source
from caseway.core.text import clean, clean_line, normal_address
from caseway.mail.models import Mailbox
from caseway.mail.reading import Address, ReadAttachment, ReadMail

LONGEST_TEXT = 200_000
LONGEST_HTML = 1_000_000
MOST_COPIED = 50


def content_of(mail: ReadMail, *, automatic: bool) -> Content:
    """What the sender says now, with the quotes apart; answers between quotes stay with them."""
    whole = mail.interleaved or not mail.reply.strip()
    text = mail.text if whole else mail.reply
    return Content(
        text=_cut(text),
        html=(mail.html if whole else mail.html_new)[:LONGEST_HTML] if len(mail.html) <= LONGEST_HTML else "",
        quoted="" if whole else _cut(_rest(mail.text, mail.reply)),
        subject=clean_line(mail.subject),
        cc=[_person(address) for address in mail.cc[:MOST_COPIED] if address.email],
        source=Source.EMAIL,
        is_automatic=automatic,
    )


def _cut(text: str) -> str:
    if len(text) <= LONGEST_TEXT:
        return text
    return text[:LONGEST_TEXT] + "\n\n" + _("(The mail is longer; all of it is kept as it came.)")


def _rest(text: str, reply: str) -> str:
    """What follows the new words, or all of the text where they are not at its beginning."""
    start = text.strip()
    return start[len(reply.strip()) :].strip() if start.startswith(reply.strip()) else start


def _person(address: Address) -> dict[str, str]:
    return {"name": clean_line(address.name, 160), "email": normal_address(address.email)}


def keeper_of_files(mail: ReadMail, organisation: Organisation) -> Callable[[Message], object]:
    """What stores the mail's files with its message: all of them, those beyond the limits held."""
    policy, received, total = organisation.policy, [], 0
    for place, file in enumerate(mail.attachments, 1):
        total += file.size
        too_much = total > policy.mail_total_bytes or place > policy.mail_files
        objection = _objection(file, too_much=too_much)
        received.append(
            Received(io.BytesIO(file.content), file.name, objection, file.inline, file.content_id)
        )
    return lambda message: receive(received, message)


def _objection(file: ReadAttachment, *, too_much: bool) -> str:
    if file.quarantined:
        return _("this kind of file can do harm when it is opened")
    return _("the mail has more files than the organisation takes") if too_much else ""


def note_copied(mail: ReadMail, case: Case, organisation_id: int, audience: Audience, sender: str) -> None:
    """Note who else the mail went to. They wait for an agent's approval: until then they are told
    nothing, and a mail from them doesn't join the case."""
    others = {normal_address(a.email): clean_line(a.name, 160) for a in (*mail.to, *mail.cc) if a.email}
    if not mail.cc and len(others) < 2:
        return
    ours = set(Mailbox.objects.filter(organisation=organisation_id).values_list("address", flat=True))
    copied = [
        Participant(
            case=case,
            organisation_id=organisation_id,
            audience=audience,
            address=address,
            name=name,
            is_approved=False,
            is_subscribed=False,
        )
        for address, name in list(others.items())[:MOST_COPIED]
        if address != sender and clean(address) == address and not _is_ours(address, ours)
    ]
    # Who takes part already is left as they are.
    Participant.objects.bulk_create(copied, ignore_conflicts=True)


def _is_ours(address: str, mailboxes: set[str]) -> bool:
    local, _at, domain = address.rpartition("@")
    return f"{local.partition('+')[0]}@{domain}" in mailboxes
