"""`/teams`: who shares a queue, and who leads it."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from caseway.accounts.changing import demand
from caseway.accounts.models import Team
from caseway.accounts.permissions import Permission
from caseway.accounts.teams import actions
from caseway.accounts.teams.actions import KEEP, Written
from caseway.accounts.teams.queries import (
    knows_members,
    seats_for,
    team_of,
    teams_with_members,
    version_of,
)
from caseway.accounts.viewer import Viewer
from caseway.api.cases import people
from caseway.api.http.answers import ListOf, answer
from caseway.api.http.ids import id_of
from caseway.api.http.operations import Operations
from caseway.api.http.requests import ApiRequest
from caseway.api.http.versions import etag_of
from caseway.api.people.versions import answer_of, demand_version
from caseway.api.tokens.scopes import Scope
from caseway.core.errors import Invalid
from caseway.core.text import normal_address

from .team_schemas import NewTeam, TeamChanges, TeamOut

teams = Operations("Settings")


@teams.get("/teams", scope=Scope.PEOPLE_READ, answer=ListOf[TeamOut])
def list_teams(request: ApiRequest) -> HttpResponse:
    """List the teams of your organisation that are in use, by name; none in a portal."""
    rows = teams_with_members(request.viewer).filter(is_active=True)
    return answer(ListOf[TeamOut](items=[_team(row, request.viewer) for row in rows], next=None))


@teams.get("/teams/{key}", scope=Scope.PEOPLE_READ, answer=TeamOut)
def read_team(request: ApiRequest, key: str) -> HttpResponse:
    """Read a team, one that is switched off too."""
    return answer_of(request, _team(_visible(request, key), request.viewer))


@teams.post("/teams", scope=Scope.SETTINGS_WRITE, answer=TeamOut, status=201)
def create_team(request: ApiRequest, body: NewTeam) -> HttpResponse:
    """Make a team."""
    demand(request.viewer, Permission.SETTINGS)
    made = actions.add(_written(body, request.viewer), by=request.viewer)
    value = _team(made, request.viewer)
    headers = {"ETag": etag_of(value.version), "Location": f"/api/v1/teams/{made.pk}"}
    return answer(value, status=201, headers=headers)


@teams.patch("/teams/{key}", scope=Scope.SETTINGS_WRITE, answer=TeamOut)
def change_team(request: ApiRequest, key: str, body: TeamChanges) -> HttpResponse:
    """Rename a team, set its time zone, lead, members and brands, switch it off or on."""
    found = _visible(request, key)
    demand(request.viewer, Permission.SETTINGS)
    demand_version(request, _team(found, request.viewer))
    written = _written(body, request.viewer)
    changed = actions.change(found, written, by=request.viewer, version=version_of(found))
    return answer_of(request, _team(changed, request.viewer))


def _visible(request: ApiRequest, key: str) -> Team:
    return team_of(request.viewer, id_of(key) or 0)


def _written(body: NewTeam | TeamChanges, viewer: Viewer) -> Written:
    """What was sent, as the action takes it. Raises Invalid for people who have no seat here."""
    sent = body.model_dump(exclude_unset=True)
    lead, members, brands = sent.get("lead"), sent.get("members"), sent.get("brands")
    named = {"lead": [lead] if lead else [], "members": members or []}
    seats = _seats(viewer, named)
    return Written(
        name=sent.get("name"),
        time_zone=sent.get("time_zone"),
        lead=next(iter(seats["lead"]), None) if "lead" in sent else KEEP,
        members=seats["members"] if members is not None else None,
        is_active=sent.get("active"),
        brands=[id_of(key) or 0 for key in brands] if brands is not None else None,
    )


def _seats(viewer: Viewer, named: dict[str, list[str]]) -> dict[str, list[int]]:
    """The seats of these addresses, by field. Raises Invalid at each field that names somebody else."""
    wanted = {name: [normal_address(one) for one in given] for name, given in named.items()}
    everybody = _by_address(viewer, {one for given in wanted.values() for one in given})
    words = _("Choose among the people of your desk.")
    if wrong := {name: words for name, given in wanted.items() if not everybody.keys() >= set(given)}:
        raise Invalid(wrong)
    return {name: [everybody[one] for one in given] for name, given in wanted.items()}


def _by_address(viewer: Viewer, addresses: Iterable[str]) -> dict[str, int]:
    found = seats_for(viewer).filter(person__email__in=addresses)
    return dict(found.values_list("person__email", "pk")) if addresses else {}


def _team(row: Team, viewer: Viewer) -> TeamOut:
    seen: dict[str, Any] = {"lead": None, "members": None}
    if knows_members(viewer, row):
        colleagues = sorted(row.members.all(), key=lambda seat: (seat.shown_name, seat.pk))
        present = [seat for seat in colleagues if seat.is_active]
        seen["members"] = [people.person(seat.person, with_address=True) for seat in present]
        lead = row.lead if row.lead and row.lead.is_active else None
        seen["lead"] = people.person(lead.person, with_address=True) if lead else None
    return TeamOut(
        id=str(row.pk),
        name=row.name,
        time_zone=row.time_zone,
        active=row.is_active,
        brands=[str(key) for key in sorted(brand.pk for brand in row.brands.all())],
        version=version_of(row),
        **seen,
    )
