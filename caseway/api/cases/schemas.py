"""What is given of a case: one form for agents, of their own side; one for customers."""

from datetime import datetime

from pydantic import Field

from caseway.api.http.answers import Out
from caseway.cases.access.rules import Operation
from caseway.cases.status import Status
from caseway.cases.types import CaseType, Court, Sharing, Source


class PersonOut(Out):
    """A person. The address is null where the reader has no business to know it."""

    name: str
    email: str | None


class OrganisationOut(Out):
    """An organisation, as others may know it."""

    slug: str
    name: str


class Named(Out):
    """A row of an organisation's list: its id, and its name in the reader's language."""

    id: str
    name: str


class PriorityOut(Named):
    """A priority; the rank makes two of them comparable."""

    rank: int


class CustomerOut(Named):
    """A customer account."""

    number: str
    segment: str


class ContactOut(PersonOut):
    """A contact of a customer."""

    id: str


class ShipmentOfCase(Out):
    """The shipment of a case, by its id and best known numbers."""

    id: str
    number: str
    tracking_number: str
    status: str


class PartnerOut(OrganisationOut):
    """The other organisation on the case, and who owns it there."""

    owner: PersonOut | None


class LatestMessage(Out):
    """The latest message that this side may read; notes and records never count."""

    at: datetime
    by: str
    text: str = Field(description="How it begins")
    is_ours: bool


class CourtOut(Out):
    """Which side must act, as the caller's side sees it, and since when."""

    side: Court
    since: datetime


class WaitingOut(Out):
    """For how many seconds the case has waited for each, as the caller's side sees it; on hold and
    solved it waits for nobody."""

    us: int
    customer: int
    partner: int


class CaseFacts(Out):
    """What every reader of a case gets."""

    number: str
    status: Status
    active: bool
    type: CaseType
    subject: str
    category: Named | None
    contact_method: Named | None
    created_at: datetime
    updated_at: datetime
    closed_at: datetime | None
    owner: PersonOut | None
    shipment: ShipmentOfCase | None


class AgentCaseRow(CaseFacts):
    """A case in a list, as an agent's own side knows it."""

    source: Source | None = Field(description="For the host's side only, as customer, contact and creator")
    organisation: OrganisationOut = Field(description="The organisation that hosts the case")
    partner: PartnerOut | None
    sharing: Sharing
    team: Named | None
    priority: PriorityOut | None
    level: int
    deadline: datetime | None
    crm_number: str
    tags: list[str]
    court: CourtOut
    customer: CustomerOut | None
    contact: ContactOut | None
    latest_message: LatestMessage | None
    unread: bool


class AgentCase(AgentCaseRow):
    """A case, as an agent's own side knows it."""

    description: str
    brand: OrganisationOut | None
    creator: PersonOut | None
    waiting: WaitingOut
    watchers: list[PersonOut]
    merged_into: str | None
    follow_up_of: str | None
    operations: list[Operation] = Field(description="What the caller may do to it now")
    version: int = Field(description="The number in the ETag")


class CustomerCaseRow(CaseFacts):
    """A case in a list, as the customer may know it."""

    excerpt: str = Field(description="How the description begins")
    contact: PersonOut | None


class CustomerCase(CaseFacts):
    """A case, as the customer may know it."""

    description: str
    contact: PersonOut | None
    merged_into: str | None
    follow_up_of: str | None
    operations: list[Operation] = Field(description="What the caller may do to it now")
    version: int = Field(description="The number in the ETag")


AnyCase = AgentCase | CustomerCase
"""Which of the two follows from the token: at a desk, or in a portal."""
