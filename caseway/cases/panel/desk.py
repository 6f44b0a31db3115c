"""The panel at the desk: it rises over the case's page, and is a page of its own without scripts."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django_htmx.http import trigger_client_event

from caseway.accounts.access import desk_page
from caseway.accounts.requests import ViewerRequest
from caseway.cases import desk
from caseway.cases.models import Side
from caseway.cases.once import form_token
from caseway.cases.tasks.closing import tasks_in_the_way
from caseway.core.errors import NotFound

from .sections import NAMES, Section, act, section_of, words_for


@desk_page
def panel(request: ViewerRequest, key: int, number: str, section: str) -> HttpResponse:
    """Note, status and details of a customer's case; `section` is the one that is open, or was sent."""
    side = of_account(request, key, number)
    if section not in NAMES:
        raise NotFound
    here = section_of(section, side, request.viewer, desk.sent(request), is_open=True)
    if desk.submitted(request, here.form, lambda given: act(side, here.form, given)):
        return _done(request, key, side, here)
    return _show(request, key, side, here)


def of_account(request: ViewerRequest, key: int, number: str) -> Side:
    """Our side of a case of this customer account. Raises NotFound for anything else."""
    side = desk.load(request, number)
    if side.case.account_id != key or side.case.host_id != request.viewer.organisation_id:
        raise NotFound
    return side


def case_url(request: ViewerRequest, key: int, number: str) -> str:
    """The case's page at its account, with the list that it was opened from still known."""
    query = request.GET.urlencode()
    return reverse("desk:customer_case", args=[key, number]) + (f"?{query}" if query else "")


def _done(request: ViewerRequest, key: int, side: Side, here: Section) -> HttpResponse:
    """Back to the case. The panel stays where another of its parts holds words that were not sent."""
    closed = here.name == "status" and side.is_active
    back = case_url(request, key, side.number)
    answer = desk.done(request, side.number, words_for(here.form), undo=closed, back=back)
    if not (request.htmx and request.POST.get("stay")):
        return answer
    fresh = of_account(request, key, side.number)
    again = section_of(here.name, fresh, request.viewer, is_open=True)
    return trigger_client_event(_show(request, key, fresh, again), "caseway:changed")


def _show(request: ViewerRequest, key: int, side: Side, here: Section) -> HttpResponse:
    """The panel; for htmx, where one of its parts asked, that part alone."""
    alone = bool(request.htmx) and request.htmx.target == f"panel-{here.name}"
    names = (here.name,) if alone else NAMES
    parts = [here if name == here.name else section_of(name, side, request.viewer) for name in names]
    context = {
        "parts": parts,
        "here": here,
        "side": side,
        "key": key,
        "case_url": case_url(request, key, side.number),
        "query": request.GET.urlencode(),
        "token": form_token(request.POST.get("token", "") if here.form.errors else ""),
        "meanwhile": desk.latest_line(side, request.viewer) if here.form.conflict else None,
        "tasks_in_the_way": tasks_in_the_way(side.case, request.viewer) if side.is_active else None,
    }
    template = "part.html" if alone else "dialog.html" if request.htmx else "page.html"
    status = 409 if here.form.conflict else 422 if here.form.errors else 200
    return render(request, f"cases/panel/{template}", context, status=status)
