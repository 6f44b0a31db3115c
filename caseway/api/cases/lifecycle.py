"""Suspension, closure, cancellation, withdrawal: POST makes one, DELETE takes the case up again."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from caseway.api.http.operations import Operations
from caseway.api.http.requests import ApiRequest
from caseway.api.tokens.scopes import Scope
from caseway.cases.access.locking import lock_case
from caseway.cases.lifecycle import actions as lifecycle
from caseway.cases.status import Status
from caseway.core.errors import Conflict

from .answering import case_answer
from .inputs import Because, NewSuspension
from .loading import visible_case
from .schemas import AnyCase

life = Operations("Life cycle")
WRITE = Scope.CASES_WRITE


@life.post("/cases/{number}/closure", scope=WRITE, answer=AnyCase)
def close_case(request: ApiRequest, number: str, body: Because) -> HttpResponse:
    """Close (solve) a case, for everyone on it."""
    case = visible_case(request, number)
    lifecycle.close(case, by=request.viewer, reason=body.reason, note=body.note)
    return case_answer(request, case)


@life.delete("/cases/{number}/closure", scope=WRITE, answer=AnyCase)
def reopen_closed_case(request: ApiRequest, number: str, body: Because | None = None) -> HttpResponse:
    """Reopen a closed case."""
    return _reopen(request, number, Status.CLOSED, body or Because())


@life.post("/cases/{number}/cancellation", scope=WRITE, answer=AnyCase)
def cancel_case(request: ApiRequest, number: str, body: Because) -> HttpResponse:
    """Cancel a case; a note is asked for."""
    case = visible_case(request, number)
    lifecycle.cancel(case, by=request.viewer, reason=body.reason, note=body.note)
    return case_answer(request, case)


@life.delete("/cases/{number}/cancellation", scope=WRITE, answer=AnyCase)
def reopen_cancelled_case(request: ApiRequest, number: str, body: Because | None = None) -> HttpResponse:
    """Reopen a cancelled case: it returns to the status before."""
    return _reopen(request, number, Status.CANCELLED, body or Because())


@life.post("/cases/{number}/withdrawal", scope=WRITE, answer=AnyCase)
def withdraw_case(request: ApiRequest, number: str, body: Because) -> HttpResponse:
    """Withdraw a case, as its customer; a reason or a note is asked for."""
    case = visible_case(request, number)
    lifecycle.withdraw(case, by=request.viewer, reason=body.reason, note=body.note)
    return case_answer(request, case)


@life.delete("/cases/{number}/withdrawal", scope=WRITE, answer=AnyCase)
def reopen_withdrawn_case(request: ApiRequest, number: str, body: Because | None = None) -> HttpResponse:
    """Reopen a withdrawn case."""
    return _reopen(request, number, Status.WITHDRAWN, body or Because())


@life.post("/cases/{number}/suspension", scope=WRITE, answer=AnyCase)
def suspend_case(request: ApiRequest, number: str, body: NewSuspension) -> HttpResponse:
    """Put a case on hold, until a moment if one is given; a reason or a note is asked for."""
    case = visible_case(request, number)
    lifecycle.suspend(case, by=request.viewer, reason=body.reason, note=body.note, until=body.until)
    return case_answer(request, case)


@life.delete("/cases/{number}/suspension", scope=WRITE, answer=AnyCase)
def resume_case(request: ApiRequest, number: str) -> HttpResponse:
    """Resume a case that is on hold: it returns to the status before."""
    case = visible_case(request, number)
    lifecycle.resume(case, by=request.viewer)
    return case_answer(request, case)


def _reopen(request: ApiRequest, number: str, status: Status, because: Because) -> HttpResponse:
    """Reopen what is `status`. Raises Conflict for a case that was solved in another way."""
    case = visible_case(request, number)
    stored = Status(lock_case(case.pk).case.status)
    if stored is not status and not stored.is_active:
        raise Conflict(_("This case is “%(status)s”.") % {"status": stored.label})
    lifecycle.reopen(case, by=request.viewer, reason=because.reason, note=because.note)
    return case_answer(request, case)
