"""What is given of people and organisations."""

from typing import Annotated, Literal

from pydantic import Field

from caseway.accounts.models import Organisation
from caseway.api.cases.schemas import ContactOut, CustomerOut, Named, OrganisationOut, PersonOut
from caseway.api.http.answers import Out, choices_of


class Me(Out):
    """Whose token it is."""

    person: PersonOut | None
    seat: Literal["desk", "portal"]
    organisation: OrganisationOut | None
    contact: str | None = Field(description="In a portal: the id of the contact")
    administers_account: bool
    permissions: list[str]
    teams: list[Named]
    scopes: list[str] = Field(description="Empty: all that the person may")


class ContactWithCustomer(ContactOut):
    """A contact, and the account it belongs to."""

    phone: str
    administers_account: bool
    customer: CustomerOut | None


class OrganisationWithKind(OrganisationOut):
    """An organisation that you may name as partner, or your own."""

    kind: Annotated[Organisation.Kind, choices_of(Organisation.Kind)]
    own: bool


class PartnershipOut(Out):
    """A shipper and a carrier that may share cases."""

    id: str
    shipper: OrganisationOut
    carrier: OrganisationOut
    partner: str = Field(description="The slug of the other organisation")
    addresses: list[str] = Field(description="Where your side's messages go while a case has no owner here")
    partner_addresses: list[str]
    active: bool
