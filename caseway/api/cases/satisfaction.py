"""The question after closing: what was answered, and answering it."""

from datetime import datetime

from django.http import HttpResponse
from pydantic import Field

from caseway.accounts.viewer import Viewer
from caseway.api.http.answers import In, Out, answer
from caseway.api.http.operations import Operations
from caseway.api.http.requests import ApiRequest
from caseway.api.tokens.scopes import Scope
from caseway.cases.models import Case, Satisfaction
from caseway.cases.satisfaction import actions
from caseway.cases.satisfaction.queries import answers_on, question_about
from caseway.cases.types import Verdict
from caseway.core.errors import NotFound

from .inputs import Line
from .loading import visible_case

rating = Operations("Satisfaction")


class SatisfactionOut(Out):
    """The latest answer, and until when the question of the latest closing may be answered."""

    answer: Verdict | None = Field(description="Null where nothing was answered")
    comment: str
    answered_at: datetime | None
    open_until: datetime | None = Field(description="Null where nothing is asked now")


class SatisfactionIn(In):
    """An answer, and a word to it."""

    answer: Verdict
    comment: Line = ""


@rating.get("/cases/{number}/satisfaction", scope=Scope.CASES_READ, answer=SatisfactionOut)
def read_satisfaction(request: ApiRequest, number: str) -> HttpResponse:
    """Read what the customer answered after closing. For the host's agents and that customer only."""
    case = visible_case(request, number)
    _only_for_host_and_customer(request.viewer, case)
    return answer(_of(case, request.viewer))


@rating.post("/cases/{number}/satisfaction", scope=Scope.CASES_WRITE, answer=SatisfactionOut, status=201)
def answer_satisfaction(request: ApiRequest, number: str, body: SatisfactionIn) -> HttpResponse:
    """Answer, as the customer whose case was closed, once after each closing."""
    case = visible_case(request, number)
    _only_for_host_and_customer(request.viewer, case)
    way = Satisfaction.Way.API
    actions.answer(case, body.answer, by=request.viewer, way=way, comment=body.comment)
    return answer(_of(case, request.viewer), status=201)


def _only_for_host_and_customer(viewer: Viewer, case: Case) -> None:
    """A partner knows nothing of what the customer says."""
    if viewer.is_agent and viewer.organisation_id != case.host_id:
        raise NotFound


def _of(case: Case, viewer: Viewer) -> SatisfactionOut:
    given = next(iter(answers_on(case, viewer)), None)
    asks = viewer.is_agent or viewer.contact_id == case.contact_id
    question = question_about(case) if asks else None
    return SatisfactionOut(
        answer=Verdict(given.verdict) if given else None,
        comment=given.comment if given else "",
        answered_at=given.answered_at if given else None,
        open_until=question.ends_at if question and question.is_open else None,
    )
