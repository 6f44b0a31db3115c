"""The conversation as a customer reads it: what was said, with what happened in between."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from markupsafe import Markup

from caseway.accounts.viewer import Viewer
from caseway.cases.files.previews import is_shown_inline
from caseway.cases.models import Attachment, Message
from caseway.cases.types import Source
from caseway.core.ui.prose import prose

from .milestones import Milestone


@dataclass(frozen=True)
class File:
    """An attachment; `held` says why it can't be opened, `picture` is the address of its picture."""

    name: str
    url: str
    size: int
    image: bool = False
    held: str = ""
    picture: str = ""


@dataclass(frozen=True)
class Writer:
    """Who wrote it. `key` fixes the colour of the avatar."""

    name: str
    key: str
    organisation: str


@dataclass(frozen=True)
class Bubble:
    """One message, as `ui/bubble.html` draws it."""

    id: int
    at: datetime
    mine: bool
    author: Writer
    body: Markup
    quoted: Markup | str = ""
    quoted_from: str = ""
    subject: str = ""
    is_email: bool = False
    from_customer: bool = False
    files: list[File] = field(default_factory=list)
    anchor: str = "message"
    """Begins the name by which the page finds it."""
    recipient: str = ""
    """Who a mail of ours went to."""
    problem: str = ""

    is_said = True
    is_news = False


@dataclass(frozen=True)
class News:
    """Where begins what the reader hasn't seen."""

    at: datetime

    is_said = False
    is_news = True


def bubble_of(message: Message, viewer: Viewer) -> Bubble:
    """The message as the viewer reads it: text only, whatever markup a mail brought along."""
    is_email, of_ours = message.source == Source.EMAIL, message.author_organisation_id is not None
    return Bubble(
        id=message.pk,
        at=message.created_at,
        mine=message.author_contact_id is not None and message.author_contact_id == viewer.contact_id,
        author=_writer_of(message, viewer, is_email),
        body=prose(message.text),
        # What one of us quotes in a mail may be a colleague's or a partner's: it was sent to nobody.
        quoted=prose(message.quoted) if message.quoted.strip() and not of_ours else "",
        subject=message.subject if is_email else "",
        is_email=is_email,
        from_customer=not of_ours,
        files=[_file_of(attachment) for attachment in message.attachments.all()],
    )


def _writer_of(message: Message, viewer: Viewer, is_email: bool) -> Writer:
    contact = message.author_contact
    organisation = str(contact.account) if contact and contact.account else ""
    if message.author_organisation_id is not None:
        organisation = str(viewer.organisation)
    if is_email:
        organisation = f"{organisation}, {_('by e-mail')}" if organisation else _("by e-mail")
    key = f"person-{message.author_id}" if message.author_id else message.author_address
    return Writer(_without_address(message.author_name), key, organisation)


def _without_address(name: str) -> str:
    """The name; of one that is a mere address what stands before the @: it is its owner's to give."""
    return name.partition("@")[0] if "@" in name else name


def _file_of(attachment: Attachment) -> File:
    image = is_shown_inline(attachment)
    return File(
        name=attachment.name,
        url=reverse("portal:file", args=[attachment.pk]),
        size=attachment.file.size,
        image=image,
        held=_("Being checked") if attachment.quarantined else "",
        picture=reverse("portal:picture", args=[attachment.pk]) if image else "",
    )


def woven(
    bubbles: Sequence[Bubble], milestones: Sequence[Milestone], seen_at: datetime | None = None
) -> list[Bubble | Milestone | News]:
    """All of it in the order in which it happened, with a mark where begins what others said since then."""
    told: list[Bubble | Milestone] = sorted([*bubbles, *milestones], key=lambda entry: entry.at)
    news = next((bubble for bubble in bubbles if seen_at and bubble.at > seen_at and not bubble.mine), None)
    if news is None:
        return [*told]
    place = told.index(news)
    return [*told[:place], News(news.at), *told[place:]]
