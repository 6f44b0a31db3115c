"""Who is responsible, who follows, how pressing it is."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from caseway.accounts.models import Team
from caseway.accounts.viewer import Viewer
from caseway.api.http.ids import id_of
from caseway.api.http.operations import Operations
from caseway.api.http.problems import fields_called
from caseway.api.http.requests import ApiRequest
from caseway.api.tokens.scopes import Scope
from caseway.cases.models import Case
from caseway.cases.ownership import actions as ownership
from caseway.cases.urging.actions import urge
from caseway.cases.watching import actions as watching
from caseway.core.errors import Invalid

from .answering import case_answer, demand_version
from .inputs import LevelIn, OwnerIn, UrgeIn
from .loading import visible_case
from .schemas import AnyCase

owners = Operations("Ownership")
WRITE = Scope.CASES_WRITE


@owners.post("/cases/{number}/claim", scope=WRITE, answer=AnyCase)
def claim_case(request: ApiRequest, number: str) -> HttpResponse:
    """Become the owner of a case that nobody on your side owns."""
    case = visible_case(request, number)
    ownership.claim(case, by=request.viewer)
    return case_answer(request, case)


@owners.put("/cases/{number}/owner", scope=WRITE, answer=AnyCase)
def set_owner(request: ApiRequest, number: str, body: OwnerIn) -> HttpResponse:
    """Assign, transfer or release a case.

    `{"email": …}` gives it to a colleague, `{"email": null}` back to the queue, `{"team": …}` to a team.
    """
    case = visible_case(request, number)
    demand_version(request, case)
    if {"email", "team"} <= body.model_fields_set or not {"email", "team"} & body.model_fields_set:
        raise Invalid({"email": _("Name a colleague by `email` or a `team`, one of the two.")})
    with fields_called(owner="email"):
        _give(case, request.viewer, body)
    return case_answer(request, case)


def _give(case: Case, by: Viewer, body: OwnerIn) -> None:
    if "team" in body.model_fields_set:
        ownership.give_to_team(case, by=by, team=_team(by, body.team), note=body.note)
    elif body.email is None:
        ownership.release(case, by=by, note=body.note)
    else:
        ownership.assign(case, by=by, to=ownership.colleague(by, body.email), note=body.note)


def _team(by: Viewer, key: str | None) -> Team:
    team = Team.objects.filter(organisation=by.organisation_id, pk=id_of(key) or 0).first()
    if team is None:
        raise Invalid({"team": _("Your organisation has no such team.")})
    return team


@owners.put("/cases/{number}/level", scope=WRITE, answer=AnyCase)
def set_level(request: ApiRequest, number: str, body: LevelIn) -> HttpResponse:
    """Upgrade or downgrade your side of a case."""
    case = visible_case(request, number)
    demand_version(request, case)
    ownership.set_level(case, by=request.viewer, level=body.level, note=body.note)
    return case_answer(request, case)


@owners.put("/cases/{number}/watch", scope=WRITE, answer=AnyCase)
def follow_case(request: ApiRequest, number: str) -> HttpResponse:
    """Follow a case."""
    case = visible_case(request, number)
    demand_version(request, case)
    watching.follow(case, by=request.viewer)
    return case_answer(request, case)


@owners.delete("/cases/{number}/watch", scope=WRITE, answer=AnyCase)
def unfollow_case(request: ApiRequest, number: str) -> HttpResponse:
    """Follow a case no longer."""
    case = visible_case(request, number)
    watching.unfollow(case, by=request.viewer)
    return case_answer(request, case)


@owners.post("/cases/{number}/urges", scope=WRITE, answer=AnyCase)
def urge_owner(request: ApiRequest, number: str, body: UrgeIn | None = None) -> HttpResponse:
    """Ask the owner to hurry, by e-mail or SMS."""
    case = visible_case(request, number)
    with fields_called(way="channel"):
        urge(case, by=request.viewer, way=(body and body.channel) or "")
    return case_answer(request, case)
