"""`/roles`: what people may do."""

from typing import Annotated

from django.http import HttpResponse
from pydantic import Field, StrictBool

from caseway.accounts.changing import demand
from caseway.accounts.models import Role
from caseway.accounts.permissions import Permission
from caseway.accounts.permitting import actions as permitting
from caseway.accounts.permitting.queries import role_of, roles_of, version_of
from caseway.api.http.answers import In, ListOf, answer
from caseway.api.http.ids import id_of
from caseway.api.http.operations import Operations
from caseway.api.http.requests import ApiRequest
from caseway.api.http.versions import etag_of
from caseway.api.people.versions import VersionedOut, answer_of, demand_version
from caseway.api.tokens.scopes import Scope

roles = Operations("Settings")
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


@roles.get("/roles", scope=Scope.SETTINGS_READ, answer=ListOf[RoleOut])
def list_roles(request: ApiRequest) -> HttpResponse:
    """List roles with their permissions; none for whoever doesn't manage people."""
    rows = roles_of(request.viewer) if request.viewer.has(Permission.PEOPLE) else []
    return answer(ListOf[RoleOut](items=[_role(row) for row in rows], next=None))


@roles.get("/roles/{key}", scope=Scope.SETTINGS_READ, answer=RoleOut)
def read_role(request: ApiRequest, key: str) -> HttpResponse:
    """Read a role."""
    found = role_of(request.viewer, id_of(key) or 0)
    demand(request.viewer, Permission.PEOPLE)
    return answer_of(request, _role(found))


@roles.post("/roles", scope=Scope.SETTINGS_WRITE, answer=RoleOut, status=201)
def create_role(request: ApiRequest, body: NewRole) -> HttpResponse:
    """Make a role, of permissions that you have yourself."""
    made = permitting.add(permitting.Written(**body.model_dump()), by=request.viewer)
    return _made(_role(made), f"/roles/{made.pk}")


@roles.patch("/roles/{key}", scope=Scope.SETTINGS_WRITE, answer=RoleOut)
def change_role(request: ApiRequest, key: str, body: RoleChanges) -> HttpResponse:
    """Change a role, for everybody who has it; nobody gives or takes what they lack."""
    found = role_of(request.viewer, id_of(key) or 0)
    demand(request.viewer, Permission.PEOPLE)
    demand_version(request, _role(found))
    written = permitting.Written(**body.model_dump())
    changed = permitting.change(found, written, by=request.viewer, version=version_of(found))
    return answer_of(request, _role(changed))


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
        version=version_of(row),
    )
