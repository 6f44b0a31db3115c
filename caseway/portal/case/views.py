"""The page of one case, and its conversation as a panel beside the list."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from caseway.accounts.access import portal_page
from caseway.accounts.requests import ViewerRequest
from caseway.cases.commenting.forms import Reply
from caseway.cases.conversation.actions import see
from caseway.cases.conversation.folding import unfolded
from caseway.cases.portal import case_url

from .queries import CasePage, page_of_case

EMAILS = "emails"


@require_GET
@portal_page
def case(request: ViewerRequest, number: str) -> HttpResponse:
    """The case as its customer sees it; `?tab=emails` shows the mails alone. What is on it is read then."""
    page = page_of_case(number, request.viewer, unfolded=unfolded(request.GET.get("messages", "")))
    see(page.case, by=request.viewer)
    return render(request, "portal/case/case.html", _context(request, page))


@require_GET
@portal_page
def conversation(request: ViewerRequest, number: str) -> HttpResponse:
    """The conversation in a panel; a browser without scripts gets the whole page."""
    page = page_of_case(number, request.viewer)
    if not request.htmx:
        return redirect(case_url(number) + "#conversation")
    see(page.case, by=request.viewer)
    return render(request, "portal/case/panel.html", _context(request, page))


def _context(request: ViewerRequest, page: CasePage) -> dict[str, object]:
    return {
        "page": page,
        "case": page.case,
        "tab": EMAILS if request.GET.get("tab") == EMAILS else "comments",
        "reply": Reply.begun(page.case, request.viewer),
    }
