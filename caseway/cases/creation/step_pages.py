"""What every step has in common: access, the draft, the order of steps, and where its buttons lead."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from caseway.accounts.access import View, portal_page
from caseway.accounts.requests import ViewerRequest
from caseway.cases.drafting.actions import Page
from caseway.cases.drafting.queries import case_made_of, draft_visible_to
from caseway.cases.drafting.steps import ORDER, Step
from caseway.cases.models import Case, Side
from caseway.cases.portal import case_url
from caseway.core.errors import Invalid, NotFound
from caseway.core.http.pages import error_page, written_in
from caseway.core.text import clean

from .begun import Begun, step_url
from .held import HELD, held_when_signed_out, released

StepView = Callable[[ViewerRequest, Begun], HttpResponse]


def step_page(step: Step) -> Callable[[StepView], View]:
    """A page of a step, for the person who began the draft: `view(request, begun)`.

    A later step leads to the first one that must be put right; a draft that was sent, to its case.
    """

    def decorate(view: StepView) -> View:
        @held_when_signed_out(step)
        @portal_page
        def page(request: ViewerRequest, draft: UUID) -> HttpResponse:
            try:
                return _opened(request, draft)
            except NotFound:
                return _sent_already(request, draft)

        def _opened(request: ViewerRequest, key: UUID) -> HttpResponse:
            begun = _with_held(Begun.at(request, draft_visible_to(request.viewer, key), step))
            if (earlier := begun.open_step) is None:
                return view(request, begun)
            if request.method == "POST":
                begun.kept()
            return redirect(step_url(key, earlier))

        return page

    return decorate


def shown(
    begun: Begun, errors: dict[str, str] | None = None, *, status: int = 0, **context: Any
) -> HttpResponse:
    """The page of the step. `context` is what only this step needs."""
    common = {
        "begun": begun,
        "entered": begun.entered,
        "errors": errors or {},
        "step": begun.step,
        "number": ORDER.index(begun.step) + 1,
    }
    code = status or (409 if begun.overtaken else 422 if errors else 200)
    return render(begun.request, f"cases/creation/portal/{begun.step}.html", common | context, status=code)


def led_on(begun: Begun, way: str) -> HttpResponse:
    """Where a button leads once the step is kept: `way` is a step, "back", "save", or stays here."""
    if way == "save":
        messages.success(begun.request, _("Your draft is kept. You find it on the start page."))
        return redirect("portal:home")
    if way == "back":
        return redirect(begun.url(begun.step.before) + "?back=1")
    return redirect(begun.url(Step(way) if way in ORDER else begun.step))


def _with_held(begun: Begun) -> Begun:
    """With what was sent before signing in again, which is kept now."""
    held = released(begun.request, begun.key, begun.step) if begun.request.method == "GET" else None
    if held is None:
        return begun
    sent = QueryDict(mutable=True)
    for name, values in held["sent"].items():
        sent.setlist(name, values)
    page = Page(sent.get("page", ""), sent.get("seen", ""))
    words = _("You are signed in again. Everything that you wrote is here.")
    again = _("Please choose the files again that were just being sent.") if held["files"] else ""
    messages.info(begun.request, f"{words} {again}".strip())
    resumed = begun.but(entered=begun.entered.sent(begun.step, sent), page=page)
    try:
        return resumed.kept()
    except Invalid:
        return resumed


def _sent_already(request: ViewerRequest, key: UUID) -> HttpResponse:
    """To the case that the draft became. What was written after it was sent isn't lost. Raises NotFound."""
    case = case_made_of(request.viewer, key)
    if case is None:
        request.session.pop(HELD, None)
        raise NotFound
    if request.method == "POST" and _says_more(request, case):
        title = _("This case was sent already")
        message = _("What stands here is not part of %(case)s. Add it there as a comment.") % {
            "case": case.number
        }
        way = {"way_on": case_url(case.number), "way_words": _("View my case")}
        return error_page(request, 409, title, message, written=written_in(request), **way)
    return redirect("portal:created", case.number)


def _says_more(request: ViewerRequest, case: Case) -> bool:
    """Whether the form says something that the case doesn't."""
    words = clean(request.POST.get("description", "")).strip()
    host = Side.objects.filter(case=case, organisation=request.viewer.organisation_id)
    return bool(words) and not host.filter(description=words).exists()
