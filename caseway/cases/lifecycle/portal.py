"""Withdrawing a case, in the portal."""

from collections.abc import Mapping

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from caseway.accounts.access import portal_page
from caseway.accounts.requests import ViewerRequest
from caseway.cases import portal
from caseway.cases.access.rules import Operation, demand
from caseway.cases.models import Case, Reason
from caseway.cases.reasons import reasons_for
from caseway.core.errors import Conflict, Invalid

from .actions import withdraw


@portal_page
def withdrawal(request: ViewerRequest, number: str) -> HttpResponse:
    """Ask why the case is withdrawn, and with "Yes" withdraw it. Whoever comes too late sees the case."""
    case = portal.load(request, number)
    try:
        if request.method == "POST":
            given = {name: request.POST.get(name, "") for name in ("reason", "note")}
            withdraw(case, by=request.viewer, **given)
            return portal.done(request, number, _("The case is withdrawn."))
        demand(request.viewer, Operation.WITHDRAW, case, None)
    except Invalid as invalid:
        return _ask(request, case, invalid.errors)
    except Conflict as conflict:
        return portal.done(request, number, conflict.message)
    return _ask(request, case, {})


def _ask(request: ViewerRequest, case: Case, errors: Mapping[str, str]) -> HttpResponse:
    """The question: a dialog for htmx, else a page of its own."""
    template = "cases/lifecycle/withdrawal.html" if request.htmx else "cases/lifecycle/withdrawal_page.html"
    context = {
        "case": case,
        "reasons": [
            (reason.pk, reason.label) for reason in reasons_for(request.viewer, Reason.Kind.WITHDRAWAL)
        ],
        "chosen": request.POST.get("reason", ""),
        "note": request.POST.get("note", ""),
        "errors": errors,
    }
    return render(request, template, context, status=422 if errors else 200)
