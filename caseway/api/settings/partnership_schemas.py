"""What is given and taken of partnerships."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from caseway.accounts.models import Partnership
from caseway.api.cases.schemas import OrganisationOut
from caseway.api.http.answers import In, Out
from caseway.api.people.versions import VersionedOut

Address = Annotated[str, Field(max_length=254)]
Addresses = Annotated[list[Address], Field(max_length=50)]


class PartnershipOut(VersionedOut):
    """A partnership, as your side knows it."""

    id: str
    shipper: OrganisationOut
    carrier: OrganisationOut
    partner: str = Field(description="The code of the other organisation")
    partner_signs_in: bool = Field(description="False: it takes part by e-mail alone")
    addresses: list[str] = Field(description="Your own, where messages go while nobody of yours owns a case")
    partner_addresses: list[str] | None = Field(description="Null where the partner signs in: its own affair")
    partner_address_count: int
    standing: Partnership.Standing
    active: bool


class NewPartnership(In):
    """An organisation that is here by its code, or one by e-mail by name and addresses."""

    code: str = Field("", max_length=50)
    name: str = Field("", max_length=120)
    addresses: Addresses = []


class PartnershipChanges(In):
    """What to change; what is left out or null stays."""

    addresses: Addresses | None = None
    partner_addresses: Addresses | None = Field(None, description="Only of a partner by e-mail alone")
    standing: Literal["active", "paused", "ended"] | None = Field(
        None, description="active: accept what was asked of you, or go on after a pause of yours"
    )


class InvitePartner(In):
    """Whom to invite to the partner's desk."""

    name: str = Field(min_length=1, max_length=120)
    email: str = Field(min_length=1, max_length=254)


class PartnerInvitationOut(Out):
    """An invitation. Its link is in the mail alone."""

    id: str
    name: str
    email: str
    sent_at: datetime
    expires_at: datetime
