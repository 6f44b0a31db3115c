"""What is given of people and organisations."""

from datetime import datetime
from typing import Annotated

from pydantic import Field, StrictBool

from caseway.accounts.models import Organisation
from caseway.api.cases.schemas import ContactOut, CustomerOut, OrganisationOut, PersonOut
from caseway.api.http.answers import In, Out, choices_of

from .versions import VersionedOut


class ContactWithCustomer(ContactOut, VersionedOut):
    """A contact, and the account it belongs to."""

    phone: str
    administers_account: bool = Field(description="Sees all cases of the account, invites colleagues")
    active: bool = Field(description="Whether they come into the portal, once they have a sign-in")
    customer: CustomerOut | None


class ContactChanges(In):
    """What to change; what is left out or null stays."""

    administers_account: StrictBool | None = None
    active: StrictBool | None = None


class InvitationOut(Out):
    """An invitation. Its link is in the mail alone."""

    id: str
    name: str
    email: str
    administers_account: bool
    invited_by: PersonOut | None
    sent_at: datetime
    expires_at: datetime
    open: bool = Field(description="Whether the link still lets somebody in")


class NewInvitationIn(In):
    """Whom to invite."""

    name: Annotated[str, Field(min_length=1, max_length=120)]
    email: Annotated[str, Field(min_length=1, max_length=254)]
    administers_account: StrictBool = Field(False, description="Whether they are to administer the account")


class OrganisationWithKind(OrganisationOut):
    """An organisation that you may name as partner, or your own."""

    kind: Annotated[Organisation.Kind, choices_of(Organisation.Kind)]
    own: bool
