"""`/canned-answers`, and one of them filled in for a case."""

from dataclasses import replace
from typing import Annotated, Literal

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Query

from caseway.api.cases.loading import own_side, visible_case
from caseway.api.http.answers import ListOf, answer
from caseway.api.http.ids import id_of
from caseway.api.http.operations import Operations
from caseway.api.http.requests import ApiRequest
from caseway.api.http.versions import etag_of, expected_versions
from caseway.api.tokens.scopes import Scope
from caseway.cases.canned import actions
from caseway.cases.canned.actions import Wording, scope_of
from caseway.cases.canned.queries import canned_answer_visible_to, canned_answers_of, fill
from caseway.cases.models import CannedAnswer
from caseway.cases.types import Audience
from caseway.core.errors import NotFound, Stale

from .schemas import CannedAnswerChanges, CannedAnswerIn, CannedAnswerOut, FilledOut, shown

canned_answers = Operations("Canned answers")
READ = frozenset({Scope.SETTINGS_READ, Scope.CASES_READ, Scope.CASES_WRITE})


@canned_answers.get("/canned-answers", scope=READ, answer=ListOf[CannedAnswerOut], query=("q",))
def list_canned_answers(
    request: ApiRequest,
    q: Annotated[str, Query(max_length=80, description="Words of title or text")] = "",
) -> HttpResponse:
    """List your own canned answers, your teams' and your organisation's, by title. Customers have none."""
    items = [shown(one) for one in canned_answers_of(request.viewer, q)]
    return answer(ListOf[CannedAnswerOut](items=items, next=None))


@canned_answers.post("/canned-answers", scope=Scope.SETTINGS_WRITE, answer=CannedAnswerOut, status=201)
def create_canned_answer(request: ApiRequest, body: CannedAnswerIn) -> HttpResponse:
    """Write a canned answer: for yourself, or for a team or everyone where your role lets you.

    A variable is one of the documented names between double braces; any other is refused.
    """
    if not request.viewer.is_agent:
        raise NotFound
    team = (id_of(body.team) or -1) if body.team else None
    wording = Wording(title=body.title, body=body.body, scope=body.scope, team=team)
    return _answer(actions.write(wording, by=request.viewer), status=201)


@canned_answers.get("/canned-answers/{key}", scope=READ, answer=CannedAnswerOut)
def read_canned_answer(request: ApiRequest, key: str) -> HttpResponse:
    """Read a canned answer. The ETag is its version."""
    return _answer(_visible(request, key))


@canned_answers.patch("/canned-answers/{key}", scope=Scope.SETTINGS_WRITE, answer=CannedAnswerOut)
def change_canned_answer(request: ApiRequest, key: str, body: CannedAnswerChanges) -> HttpResponse:
    """Change a canned answer, or for whom it is."""
    stored = _visible(request, key)
    expected = expected_versions(request)
    if expected is not None and stored.version not in expected:
        words = _("Somebody changed this meanwhile. Here is what is stored now.")
        raise Stale(words, current=shown(stored).model_dump(mode="json"))
    given = {name: value for name, value in body.model_dump(exclude_unset=True).items() if value is not None}
    if "team" in given:
        given["team"] = id_of(given["team"]) or -1
    kept = Wording(title=stored.title, body=stored.body, scope=scope_of(stored), team=stored.team_id)
    changed = actions.rewrite(stored, replace(kept, **given), by=request.viewer, version=stored.version)
    return _answer(changed)


@canned_answers.delete("/canned-answers/{key}", scope=Scope.SETTINGS_WRITE, answer=None, status=204)
def remove_canned_answer(request: ApiRequest, key: str) -> HttpResponse:
    """Throw a canned answer away."""
    actions.remove(_visible(request, key), by=request.viewer)
    return HttpResponse(status=204)


@canned_answers.get(
    "/cases/{number}/canned-answers/{answer_id}",
    scope=frozenset({Scope.CASES_READ, Scope.CASES_WRITE}),
    answer=FilledOut,
    query=("audience",),
)
def fill_canned_answer(
    request: ApiRequest,
    number: str,
    answer_id: str,
    audience: Literal["customer", "partner", "team", "record"] = "customer",
) -> HttpResponse:
    """Read a canned answer with the values of a case.

    One that tells what the audience may not read is not found. What the case does not have stays
    in brackets and counts as a blank.
    """
    side = own_side(request, visible_case(request, number))
    found = fill(_visible(request, answer_id), side, Audience(audience), request.viewer)
    return answer(FilledOut(text=found.text, blanks=found.blanks))


def _visible(request: ApiRequest, key: str) -> CannedAnswer:
    return canned_answer_visible_to(request.viewer, id_of(key) or 0)


def _answer(stored: CannedAnswer, *, status: int = 200) -> HttpResponse:
    headers = {"ETag": etag_of(stored.version)}
    if status == 201:
        headers["Location"] = f"/api/v1/canned-answers/{stored.pk}"
    return answer(shown(stored), status=status, headers=headers)
