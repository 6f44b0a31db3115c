"""What is sent to operations on cases. Ids are opaque strings, given as they were got."""

from typing import Annotated, Literal

from pydantic import Field

from caseway.api.http.answers import In, Moment

Id = Annotated[str, Field(min_length=1, max_length=64)]
Line = Annotated[str, Field(max_length=2000)]
Text = Annotated[str, Field(max_length=100_000)]
Note = Annotated[str, Field(max_length=4000)]


class NewCaseIn(In):
    """A new case. Customers send the first six; `deadline` and what follows is for agents."""

    subject: Line = ""
    description: Text = ""
    type: Line = ""
    category: Id | None = None
    shipment: Id | None = Field(None, description="Its id or any of its numbers")
    attachments: list[Id] = Field([], max_length=500)
    customer: Id | None = None
    contact: Id | None = None
    contact_method: Id | None = None
    priority: Id | None = None
    deadline: Moment | None = None
    crm_number: Line = ""
    tags: list[Line] = Field([], max_length=100)
    claim: bool = Field(True, strict=True, description="Whether the agent who makes it owns it")
    partner: Id | None = Field(None, description="The slug of a partner organisation")
    partner_subject: Line = ""
    partner_text: Text = ""
    partner_listed: bool = Field(False, strict=True, description="The partner only sees that the case exists")


class CaseChanges(In):
    """Fields to change; what is left out stays."""

    subject: Line | None = None
    description: Text | None = None
    type: Line | None = None
    category: Id | None = None
    contact_method: Id | None = None
    priority: Id | None = None
    deadline: Moment | None = None
    crm_number: Line | None = None
    tags: list[Line] | None = Field(None, max_length=100)
    shipment: Id | None = None
    contact: Id | None = None


class NewMessage(In):
    """A message. `reason` and `note` go with a `set_status` that asks for them.

    `reopen` is for customers, on a case that was solved not long ago.
    """

    audience: Literal["customer", "partner", "team", "record"] = Field(
        "customer", description="Who reads it; agents always say it"
    )
    text: Text | None = None
    html: Text | None = Field(None, description="Instead of `text`; made safe")
    subject: Line = ""
    attachments: list[Id] = Field([], max_length=500)
    set_status: Literal["stay", "open", "pending_customer", "on_hold", "closed"] | None = None
    reason: Id | None = None
    note: Note = ""
    reopen: bool | None = Field(
        None,
        description="Customers, on a case solved not long ago: whether it is taken up again (422 without)",
    )


class NewRecord(In):
    """An entry of the internal record."""

    text: Text = ""
    attachments: list[Id] = Field([], max_length=500)


class Because(In):
    """Why: a reason from `/reasons` and words of one's own."""

    reason: Id | None = None
    note: Note = ""


class NewSuspension(Because):
    """Why the case rests, and when it goes on by itself."""

    until: Moment | None = None


class OwnerIn(In):
    """A colleague by `email` (null: nobody), or a `team` by id."""

    email: Annotated[str, Field(max_length=254)] | None = None
    team: Id | None = None
    note: Note = ""


class LevelIn(In):
    """How far the case is upgraded."""

    level: int = Field(ge=0, le=3, strict=True)
    note: Note = ""


class UrgeIn(In):
    """How the owner is urged."""

    channel: Literal["email", "sms"] | None = Field(
        None, description="Null: by e-mail, unless the organisation urges by SMS alone"
    )


class MergeIn(In):
    """The case that survives."""

    into: Id
    across_customers: bool = Field(
        False, strict=True, description="Merge them although they belong to different customers"
    )


class SplitIn(In):
    """The new case. What is left out is as on the case that is split."""

    subject: Line
    type: Line = ""
    shipment: Id | None = Field(None, description="Its id or any of its numbers")
    messages: list[Id] = Field([], max_length=100, description="More messages that go along")
    customer: bool = Field(
        False, strict=True, description="Whether it is the customer's too; always with a message of theirs"
    )
    claim: bool = Field(True, strict=True, description="Whether the agent who splits owns it")


class NewLink(In):
    """Another case, and how the two belong together."""

    other: Id
    kind: Literal["related", "follow_up", "duplicate"] = "related"


class NewPartner(In):
    """A partner organisation, and the words it will read."""

    partner: Id
    subject: Line = ""
    text: Text = ""
    listed: bool = Field(False, strict=True, description="The partner only sees that the case exists")
