"""A message as the timeline shows it to one reader: by whom, for whom, with which files."""

from django.urls import reverse
from django.utils.translation import gettext as _
from markupsafe import Markup

from caseway.accounts.viewer import Viewer
from caseway.cases.files.previews import is_shown_inline
from caseway.cases.models import Attachment, Message
from caseway.cases.types import Audience, Source
from caseway.core.ui.prose import prose
from caseway.core.ui.words import audience_label


def said(message: Message, viewer: Viewer, *, customer: str, partner: str) -> dict[str, object]:
    """The parts of `ui/message.html`. `customer` and `partner` name who reads what we wrote to them."""
    ours = message.author_organisation_id == viewer.organisation_id
    # On a case into which another customer's was merged, each message names its own reader.
    reader = str(message.contact) if message.contact else customer
    party = partner if message.audience == Audience.PARTNER else reader
    return {
        "id": message.pk,
        "audience": message.audience,
        "at": message.created_at,
        "author": _author(message, ours=ours),
        "label": audience_label(message.audience, party, str(viewer.organisation), incoming=not ours),
        "about": message.subject if message.audience in (Audience.TEAM, Audience.RECORD) else "",
        "body": body_of(message),
        "quoted": prose(message.quoted) if message.quoted else "",
        "quoted_from": _("mail") if message.source == Source.EMAIL else "",
        "files": [shown_file(attachment) for attachment in message.attachments.all()],
    }


def _author(message: Message, *, ours: bool) -> dict[str, object]:
    account = message.author_contact.account if message.author_contact else None
    return {
        "name": message.author_name,
        "key": message.author_address or message.author_id or message.author_name,
        "organisation": str(message.author_organisation or account or ""),
        "other": not ours,
    }


def body_of(message: Message) -> Markup:
    """What was written: as text, or the sanitised HTML of a mail that has no text."""
    if message.text or not message.html:
        return prose(message.text)
    return Markup(message.html)  # noqa: S704 - sanitised when it was stored


def shown_file(attachment: Attachment) -> dict[str, object]:
    """The parts of `ui/file.html`, and of a picture the address of itself re-encoded."""
    image = is_shown_inline(attachment)
    return {
        "name": attachment.name,
        "url": reverse("desk:file", args=[attachment.pk]),
        "size": attachment.file.size,
        "image": image,
        "picture": reverse("desk:picture", args=[attachment.pk]) if image else "",
        "held": _("Held back: %(why)s") % {"why": attachment.quarantined} if attachment.quarantined else "",
    }
