"""A case as the answer to its reader, with the version of what they see."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from caseway.accounts.viewer import Viewer
from caseway.api.http.answers import answer
from caseway.api.http.requests import ApiRequest
from caseway.api.http.versions import etag_of, expected_versions, is_known, locked_version
from caseway.cases.models import Case
from caseway.core.errors import Stale

from . import agents_view, customers_view
from .schemas import AgentCase, CustomerCase


def shown(case: Case, viewer: Viewer) -> AgentCase | CustomerCase:
    """The case as this reader sees it."""
    return agents_view.whole(case, viewer) if viewer.is_agent else customers_view.whole(case, viewer)


def case_answer(request: ApiRequest, case: Case, *, status: int = 200) -> HttpResponse:
    """The case as it is now, with its ETag; 304 where the reader of a GET has it already."""
    value = shown(case, request.viewer)
    headers = {"ETag": etag_of(value.version)}
    if request.method == "GET" and is_known(request, value.version):
        return HttpResponse(status=304, headers=headers)
    if status == 201:
        headers["Location"] = f"/api/v1/cases/{value.number}"
    return answer(value, status=status, headers=headers)


def demand_version(request: ApiRequest, case: Case) -> None:
    """Go on only if the caller has seen the case as it is. Locks it until the transaction ends.

    Raises PreconditionRequired, and Stale with the case as it is now.
    """
    expected = expected_versions(request)
    if expected is None or locked_version(case, request) in expected:
        return
    current = shown(case, request.viewer).model_dump(mode="json")
    raise Stale(_("Somebody changed this case meanwhile. Here is what is stored now."), current=current)
