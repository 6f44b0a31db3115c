"""What is given and taken of one's own profile."""

from typing import Annotated, Literal

from django.conf import settings
from pydantic import Field, StrictBool, WithJsonSchema

from caseway.api.cases.schemas import Named, OrganisationOut, PersonOut
from caseway.api.http.answers import In, Out

from .notification_choices import Clock, Events, EventsIn
from .versions import VersionedOut

Language = Annotated[
    str,
    WithJsonSchema({"type": "string", "enum": ["", *(code for code, _name in settings.LANGUAGES)]}),
]


class Notifications(Out):
    """What you are told about, and how. Null where your seat has no such choice."""

    creation: bool | None = Field(description="In a portal: when a case of yours is created")
    answers: bool | None = Field(description="In a portal: each answer")
    closing: bool | None = Field(description="In a portal: when a case of yours is closed")
    owned_cases: bool | None = Field(
        description="At a desk: what customers and partners write on cases that you own"
    )
    events: Events | None = Field(description="At a desk: by kind of event")
    digest_at: str | None = Field(description="At a desk: when the digest is sent, HH:MM in your time zone")


class Me(VersionedOut):
    """Whose token it is, and their profile."""

    person: PersonOut | None
    language: Language = Field(description="Empty: as the program or browser says")
    time_zone: str = Field(description="A name such as Europe/Berlin; empty: the organisation's")
    mobile: str | None = Field(
        description="At a desk: where your SMS go, in E.164; empty: you get none. Null in a portal"
    )
    single_keys: bool | None = Field(
        description="Whether keys without Ctrl, Alt or Cmd do anything at your desks; null in a portal"
    )
    notifications: Notifications
    seat: Literal["desk", "portal"]
    organisation: OrganisationOut | None
    contact: str | None = Field(description="In a portal: the id of the contact")
    administers_account: bool
    permissions: list[str]
    teams: list[Named]
    scopes: list[str] = Field(description="Empty: all that the person may")


class NotificationsIn(In):
    """Choices to change, those of your seat alone; what is left out or null stays."""

    creation: StrictBool | None = None
    answers: StrictBool | None = None
    closing: StrictBool | None = None
    owned_cases: StrictBool | None = None
    events: EventsIn | None = None
    digest_at: Clock | None = Field(None, description="HH:MM in your time zone")


class ProfileChanges(In):
    """Fields to change; what is left out or null stays."""

    name: Annotated[str, Field(min_length=1, max_length=120)] | None = None
    language: Language | None = Field(None, description="Empty: as the program or browser says")
    time_zone: Annotated[str, Field(max_length=64)] | None = Field(
        None, description="Such as Europe/Berlin; empty: the organisation's"
    )
    mobile: Annotated[str, Field(max_length=40)] | None = Field(
        None, description="At a desk: with + and country code; empty: no SMS any more"
    )
    single_keys: StrictBool | None = Field(None, description="At a desk: whether single keys do anything")
    notifications: NotificationsIn | None = None
