"""What is given and taken of teams."""

from typing import Annotated

from pydantic import Field, StrictBool

from caseway.api.cases.schemas import PersonOut
from caseway.api.http.answers import In
from caseway.api.people.versions import VersionedOut

Name = Annotated[str, Field(min_length=1, max_length=80)]
Address = Annotated[str, Field(min_length=1, max_length=254)]
MOST_MEMBERS = 2_000
Members = Annotated[list[Address], Field(max_length=MOST_MEMBERS)]
OF_COLLEAGUES = "The address of a colleague with a seat at the desk"


class TeamOut(VersionedOut):
    """A team. Its people are told to those who are in it, and who manages settings or people."""

    id: str
    name: str
    time_zone: str = Field(description="Empty: the organisation's")
    active: bool
    brands: list[str] = Field(description="Whose cases its people see where policy keeps them to their teams")
    lead: PersonOut | None = Field(description="Null where nobody leads it, or where `members` is null")
    members: list[PersonOut] | None = Field(description="By name, the lead among them; null where not yours")


class NewTeam(In):
    """A new team."""

    name: Name
    time_zone: str = ""
    lead: Address | None = Field(None, description=OF_COLLEAGUES + "; becomes a member")
    members: Members = []
    brands: list[str] = []


class TeamChanges(In):
    """What to change; what is left out stays, and so does what is null but for the lead."""

    name: Name | None = None
    time_zone: str | None = None
    active: StrictBool | None = None
    lead: Address | None = Field(None, description=OF_COLLEAGUES + "; null: nobody")
    members: Members | None = Field(None, description="All of them from now on; the lead is always one")
    brands: list[str] | None = None
