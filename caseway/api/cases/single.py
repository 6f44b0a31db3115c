"""One case: made, read, changed."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from caseway.api.http.operations import Operations
from caseway.api.http.problems import fields_called
from caseway.api.http.requests import ApiRequest
from caseway.api.tokens.scopes import Scope
from caseway.cases.creation.actions import create
from caseway.cases.creation.fields import NewCase
from caseway.cases.editing import actions as editing
from caseway.cases.types import Source
from caseway.core.errors import Invalid

from .answering import case_answer, demand_version
from .inputs import CaseChanges, NewCaseIn
from .loading import visible_case
from .schemas import AnyCase

single = Operations("Cases")
CUSTOMERS_FIELDS = frozenset({"subject", "description", "type", "category", "shipment", "attachments"})


@single.post("/cases", scope=Scope.CASES_WRITE, answer=AnyCase, status=201)
def create_case(request: ApiRequest, body: NewCaseIn) -> HttpResponse:
    """Raise a case.

    An agent owns it unless `claim` is false. A customer's description is the first message.
    """
    if request.viewer.is_contact:
        _refuse_agents_fields(body)
    with fields_called(account="customer"):
        case = create(_new_case(body), by=request.viewer)
    return case_answer(request, case, status=201)


def _refuse_agents_fields(body: NewCaseIn) -> None:
    foreign = body.model_fields_set - CUSTOMERS_FIELDS
    if foreign:
        raise Invalid({name: _("Customers don't set this.") for name in sorted(foreign)})


def _new_case(body: NewCaseIn) -> NewCase:
    given = body.model_dump(exclude={"customer", "claim", "attachments", "tags"})
    return NewCase(
        **given,
        account=body.customer,
        owned=body.claim,
        attachments=tuple(body.attachments),
        tags=tuple(body.tags),
        source=Source.API,
    )


@single.get("/cases/{number}", scope=Scope.CASES_READ, answer=AnyCase)
def read_case(request: ApiRequest, number: str) -> HttpResponse:
    """Read a case.

    The ETag is the version of what you see of it; `If-None-Match` saves reading it again.
    """
    return case_answer(request, visible_case(request, number))


@single.patch("/cases/{number}", scope=Scope.CASES_WRITE, answer=AnyCase)
def change_case(request: ApiRequest, number: str, body: CaseChanges) -> HttpResponse:
    """Change fields of an active case."""
    case = visible_case(request, number)
    demand_version(request, case)
    editing.edit(case, by=request.viewer, changes=body.model_dump(exclude_unset=True))
    return case_answer(request, case)
