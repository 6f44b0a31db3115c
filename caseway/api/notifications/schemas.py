"""What is given and taken of notifications."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from caseway.api.http.answers import In, ListOf, Moment, Out, choices_of
from caseway.notifications.models import Kind
from caseway.notifications.noticing.queries import MOST_COUNTED
from caseway.notifications.noticing.said import Told

Why = Annotated[Kind, choices_of(Kind)]


class NotificationOut(Out):
    """One event that you were told of, as you may know it now."""

    id: str
    kind: Why = Field(description="Why you were told")
    sentence: str = Field(description="What happened, in the reader's language")
    excerpt: str = Field(description="How the message begins; empty where there is none, or none for you")
    actor: str
    case: str
    subject: str
    message: str | None = Field(description="The id of the message that it is about")
    at: datetime
    read: bool = Field(description="Whether you opened it, or its case since")


class NotificationPage(ListOf[NotificationOut]):
    """One page of what you were told of."""

    unread: int = Field(description=f"How many are unread, on all pages; {MOST_COUNTED} where there are more")


class ReadingIn(In):
    """Which notifications are read."""

    until: Moment | None = Field(
        None, description="Those until this moment, such as when you asked for the list; null: until now"
    )


class ReadingOut(Out):
    """What was marked."""

    read: int = Field(description="How many became read")
    unread: int


def shown(told: Told) -> NotificationOut:
    """A notice in words."""
    return NotificationOut(
        id=str(told.key),
        kind=told.kind,
        sentence=told.sentence,
        excerpt=told.excerpt,
        actor=told.actor,
        case=told.number,
        subject=told.subject,
        message=str(told.message) if told.message else None,
        at=told.at,
        read=not told.unread,
    )
