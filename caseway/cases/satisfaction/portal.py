"""Answering on the case's page in the portal."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from caseway.accounts.access import portal_page
from caseway.accounts.requests import ViewerRequest
from caseway.cases import portal
from caseway.cases.models import Case, Satisfaction
from caseway.core.errors import Conflict, Invalid

from .actions import add_comment, answer
from .queries import question_to


@require_POST
@portal_page
def satisfaction(request: ViewerRequest, number: str) -> HttpResponse:
    """Take the answer, or the word to it; with htmx the card alone comes back, else the case's page."""
    case, errors = portal.load(request, number), {}
    try:
        if "comment" in request.POST:
            add_comment(case, request.POST["comment"], by=request.viewer)
        else:
            way = Satisfaction.Way.PORTAL
            answer(case, request.POST.get("answer", ""), by=request.viewer, way=way)
    except Invalid as invalid:
        errors = dict(invalid.errors)
    except Conflict as conflict:
        return portal.done(request, number, conflict.message)
    return _card(request, case, errors) if request.htmx else _page(request, number, errors)


def _card(request: ViewerRequest, case: Case, errors: dict[str, str]) -> HttpResponse:
    context = {
        "question": question_to(request.viewer, portal.load(request, case.number)),
        "case": case,
        "errors": errors,
        "comment": request.POST.get("comment", ""),
    }
    return render(request, "cases/satisfaction/card.html", context, status=422 if errors else 200)


def _page(request: ViewerRequest, number: str, errors: dict[str, str]) -> HttpResponse:
    for words in errors.values():
        messages.error(request, words)
    return redirect(portal.case_url(number) + "#satisfaction")
