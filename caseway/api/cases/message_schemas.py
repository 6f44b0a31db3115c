"""What is given of messages and of who takes part."""

from datetime import datetime

from pydantic import Field

from caseway.accounts.viewer import Viewer
from caseway.api.files.schemas import AttachmentOut, attachment_of
from caseway.api.http.answers import Out
from caseway.cases.models import Message, Participant
from caseway.cases.types import Audience, Source

from .people import organisation
from .schemas import OrganisationOut, PersonOut


class MessageOut(Out):
    """A message."""

    id: str
    case: str = Field(description="The case on which it stands: this one, one merged into it, or a follow-up")
    audience: Audience
    author: PersonOut
    organisation: OrganisationOut | None = Field(description="The author's; null for customers")
    source: Source
    subject: str
    text: str
    html: str | None = Field(description="Made safe; null for what was written as text")
    quoted: str | None = Field(description="A mail's quoted text, for the organisation that got it")
    cc: list[PersonOut]
    automatic: bool
    attachments: list[AttachmentOut]
    created_at: datetime


class ParticipantOut(Out):
    """Somebody who takes part in a conversation of your side."""

    id: str
    name: str
    email: str
    audience: Audience
    subscribed: bool = Field(description="Whether they are mailed what is said to them on the case")
    approved: bool = Field(description="False: only copied on a mail, and not let in yet")
    since: datetime


def participant_of(one: Participant) -> ParticipantOut:
    """Somebody who takes part, for the agents whose desk mails them."""
    return ParticipantOut(
        id=str(one.pk),
        name=one.name,
        email=one.address,
        audience=Audience(one.audience),
        subscribed=one.is_subscribed,
        approved=one.is_approved,
        since=one.since,
    )


def message_of(message: Message, viewer: Viewer) -> MessageOut:
    """The message as this reader may know it, loaded through `visible_to`.

    Addresses of people stay within their organisation; a customer's are for the organisation that
    serves them. Quotes and copies of a mail are for the organisation that received it.
    """
    ours = viewer.is_agent and message.organisation_id == viewer.organisation_id
    whose = message.author_organisation
    knows = ours if whose is None else viewer.is_agent and whose.pk == viewer.organisation_id
    knows = knows or (viewer.is_contact and message.author_contact_id == viewer.contact_id)
    return MessageOut(
        id=str(message.pk),
        case=message.case.number,
        audience=Audience(message.audience),
        author=PersonOut(name=message.author_name, email=message.author_address or None if knows else None),
        organisation=organisation(whose) if whose else None,
        source=Source(message.source),
        subject=message.subject,
        text=message.text,
        html=message.html or None,
        quoted=message.quoted if ours else None,
        cc=[PersonOut(name=str(c.get("name", "")), email=c.get("email")) for c in message.cc] if ours else [],
        automatic=message.is_automatic,
        attachments=[attachment_of(attachment) for attachment in message.attachments.all()],
        created_at=message.created_at,
    )
