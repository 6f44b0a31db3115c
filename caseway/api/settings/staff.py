"""`/teams` and `/roles`: who shares a queue, and what people may do."""

from typing import Annotated

from django.http import HttpResponse
from pydantic import Field, StrictBool

from caseway.accounts.changing import demand
from caseway.accounts.models import Role, Team
from caseway.accounts.permissions import Permission
from caseway.accounts.permitting import actions as permitting
from caseway.accounts.permitting.queries import role_of, roles_of
from caseway.accounts.permitting.queries import version_of as version_of_role
from caseway.accounts.teams import actions as teams
from caseway.accounts.teams.queries import team_of
from caseway.accounts.teams.queries import version_of as version_of_team
from caseway.api.http.answers import In, ListOf, answer
from caseway.api.http.ids import id_of
from caseway.api.http.operations import Operations
from caseway.api.http.requests import ApiRequest
from caseway.api.http.versions import etag_of
from caseway.api.people.versions import VersionedOut, answer_of, demand_version
from caseway.api.tokens.scopes import Scope

staff = Operations("Settings")
Name = Annotated[str, Field(min_length=1, max_length=80)]


class RoleOut(VersionedOut):
    """A role."""

    id: str
    name: str
    permissions: list[str]
    needs_second_factor: bool


class NewRole(In):
    """A new role."""

    name: Name
    permissions: list[str] = []
    needs_second_factor: StrictBool = False


class RoleChanges(In):
    """What to change; what is left out or null stays."""

    name: Name | None = None
    permissions: list[str] | None = None
    needs_second_factor: StrictBool | None = None


class TeamOut(VersionedOut):
    """A team."""

    id: str
    name: str
    time_zone: str = Field(description="Empty: the organisation's")
    active: bool
    brands: list[str] = Field(description="Whose cases its people see where policy keeps them to their teams")


class NewTeam(In):
    """A new team."""

    name: Name
    time_zone: str = ""
    brands: list[str] = []


class TeamChanges(In):
    """What to change; what is left out or null stays."""

    name: Name | None = None
    time_zone: str | None = None
    active: StrictBool | None = None
    brands: list[str] | None = None


@staff.get("/roles", scope=Scope.SETTINGS_READ, answer=ListOf[RoleOut])
def list_roles(request: ApiRequest) -> HttpResponse:
    """List roles with their permissions; none for whoever doesn't manage people."""
    rows = roles_of(request.viewer) if request.viewer.has(Permission.PEOPLE) else []
    return answer(ListOf[RoleOut](items=[_role(row) for row in rows], next=None))


@staff.get("/roles/{key}", scope=Scope.SETTINGS_READ, answer=RoleOut)
def read_role(request: ApiRequest, key: str) -> HttpResponse:
    """Read a role."""
    found = role_of(request.viewer, id_of(key) or 0)
    demand(request.viewer, Permission.PEOPLE)
    return answer_of(request, _role(found))


@staff.post("/roles", scope=Scope.SETTINGS_WRITE, answer=RoleOut, status=201)
def create_role(request: ApiRequest, body: NewRole) -> HttpResponse:
    """Make a role, of permissions that you have yourself."""
    made = permitting.add(permitting.Written(**body.model_dump()), by=request.viewer)
    return _made(_role(made), f"/roles/{made.pk}")


@staff.patch("/roles/{key}", scope=Scope.SETTINGS_WRITE, answer=RoleOut)
def change_role(request: ApiRequest, key: str, body: RoleChanges) -> HttpResponse:
    """Change a role, for everybody who has it; nobody gives or takes what they lack."""
    found = role_of(request.viewer, id_of(key) or 0)
    demand(request.viewer, Permission.PEOPLE)
    demand_version(request, _role(found))
    written = permitting.Written(**body.model_dump())
    changed = permitting.change(found, written, by=request.viewer, version=version_of_role(found))
    return answer_of(request, _role(changed))


@staff.get("/teams/{key}", scope=Scope.PEOPLE_READ, answer=TeamOut)
def read_team(request: ApiRequest, key: str) -> HttpResponse:
    """Read a team."""
    return answer_of(request, _team(team_of(request.viewer, id_of(key) or 0)))


@staff.post("/teams", scope=Scope.SETTINGS_WRITE, answer=TeamOut, status=201)
def create_team(request: ApiRequest, body: NewTeam) -> HttpResponse:
    """Make a team."""
    made = teams.add(teams.Written(body.name, body.time_zone, brands=_ids(body.brands)), by=request.viewer)
    return _made(_team(made), f"/teams/{made.pk}")


@staff.patch("/teams/{key}", scope=Scope.SETTINGS_WRITE, answer=TeamOut)
def change_team(request: ApiRequest, key: str, body: TeamChanges) -> HttpResponse:
    """Rename a team, set its time zone and brands, switch it off or on."""
    found = team_of(request.viewer, id_of(key) or 0)
    demand(request.viewer, Permission.SETTINGS)
    demand_version(request, _team(found))
    brands = None if body.brands is None else _ids(body.brands)
    written = teams.Written(body.name, body.time_zone, is_active=body.active, brands=brands)
    changed = teams.change(found, written, by=request.viewer, version=version_of_team(found))
    return answer_of(request, _team(changed))


def _made(value: VersionedOut, place: str) -> HttpResponse:
    headers = {"ETag": etag_of(value.version), "Location": f"/api/v1{place}"}
    return answer(value, status=201, headers=headers)


def _ids(keys: list[str]) -> list[int]:
    """Ids as numbers; what is none belongs to nobody."""
    return [id_of(key) or 0 for key in keys]


def _role(row: Role) -> RoleOut:
    return RoleOut(
        id=str(row.pk),
        name=row.name,
        permissions=sorted(row.permissions),
        needs_second_factor=row.needs_second_factor,
        version=version_of_role(row),
    )


def _team(row: Team) -> TeamOut:
    return TeamOut(
        id=str(row.pk),
        name=row.name,
        time_zone=row.time_zone,
        active=row.is_active,
        brands=[str(brand.pk) for brand in row.brands.order_by("pk")],
        version=version_of_team(row),
    )
