"""Files that came by mail: held where a check objects, and replaced by a note where there is no room."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import override

from caseway.accounts.models import Organisation
from caseway.cases.models import Attachment, Message
from caseway.core.text import clean_line
from caseway.core.ui.numbers import filesize

from .naming import safe_name
from .scanner import scan
from .storing import Full, Put, keep, put


@dataclass(frozen=True)
class Received:
    """A file as the mail brought it; `quarantined` says why it must not be passed on, if so."""

    content: BinaryIO
    name: str
    quarantined: str = ""
    is_inline: bool = False
    content_id: str = ""


def receive(files: Sequence[Received], message: Message) -> list[Attachment]:
    """Keep what came with `message`. What a check objects to is held, not lost.

    What the organisation has no room for is replaced by one text file that names it and says why,
    for every reader of the message. Raises Unavailable where the storage doesn't answer.
    """
    ahead = [(file, _put(file, message.organisation)) for file in files]
    kept: list[Attachment] = []
    refused: list[Received] = []
    # Rows come last and at once, since the first of them locks the organisation's count.
    for file, bytes_ in ahead:
        try:
            kept.append(_attached(file, bytes_, message))
        except Full:
            refused.append(file)
    if refused:
        kept.append(_note_on(refused, message))
    return kept


def _put(file: Received, organisation: Organisation) -> Put | None:
    try:
        return put(organisation, file.content, file.name)
    except Full:
        return None


def _attached(file: Received, bytes_: Put | None, message: Message) -> Attachment:
    if bytes_ is None:
        raise Full
    return Attachment.objects.create(
        file=keep(message.organisation, bytes_),
        organisation=message.organisation,
        message=message,
        name=safe_name(file.name),
        quarantined=(file.quarantined or scan(file.content))[:200],
        is_inline=file.is_inline,
        content_id=clean_line(file.content_id),
    )


def _note_on(files: Sequence[Received], message: Message) -> Attachment:
    """A few hundred bytes, kept beyond the room: nothing may get lost without a word."""
    organisation = message.organisation
    with override(organisation.language):
        note, name = _words_on(files, organisation), _("Files that were not kept.txt")
    bytes_ = put(organisation, io.BytesIO(note.encode()), name, beyond_room=True)
    return Attachment.objects.create(
        file=keep(organisation, bytes_, beyond_room=True),
        organisation=organisation,
        message=message,
        name=name,
    )


def _words_on(files: Sequence[Received], organisation: Organisation) -> str:
    why = _(
        "These files came with the mail and were not kept, since %(organisation)s has no room for more files:"
    )
    then = _(
        "Once an administrator of %(organisation)s has made room, or raised the limit, "
        "the sender can send them again."
    )
    names = [f"- {safe_name(file.name)} ({filesize(file.content.seek(0, 2))})" for file in files]
    whose = {"organisation": organisation.name}
    return "\n".join([why % whose, "", *names, "", then % whose, ""])
