"""Guides in the portal: by topic, by search, one of them, and those that fit what is being written."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from caseway.accounts.access import portal_page
from caseway.accounts.requests import ViewerRequest
from caseway.cases.drafting.actions import set_aside
from caseway.cases.drafting.queries import as_uuid
from caseway.cases.models import Category
from caseway.cases.portal import brand_of
from caseway.core import limits
from caseway.core.errors import TooMany
from caseway.core.text import clean, clean_line
from caseway.guidance.markup import as_html

from . import counting
from .queries import category_named, guide_visible_to, shelves_for, suggestions_for

MOST_FOUND = 12
PER_MINUTE = 240
"""Suggestions that one person may ask for: more than fingers can type."""


@require_GET
@portal_page
def guides(request: ViewerRequest) -> HttpResponse:
    """All guides by topic, or those that a search finds."""
    typed, brand = clean_line(request.GET.get("q", ""), 200), brand_of(request)
    found = suggestions_for(request.viewer, text=typed, brand=brand, limit=MOST_FOUND) if typed else []
    shelves = [] if typed else shelves_for(request.viewer, brand)
    context = {"typed": typed, "found": found, "shelves": shelves}
    return render(request, "cases/guides/portal/list.html", context)


@require_GET
@portal_page
def guide(request: ViewerRequest, key: int) -> HttpResponse:
    """One guide; with htmx a panel over the form that is being filled in."""
    found = guide_visible_to(request.viewer, key)
    context = _of_form(request, request.GET) | {"guide": found, "html": as_html(found.body)}
    counting.record_opened(
        found, by=request.viewer, visit=visit_of_form(request, context["form"]), category=context["category"]
    )
    page = "panel" if request.htmx else "guide"
    return render(request, f"cases/guides/portal/{page}.html", context)


@require_POST
@portal_page
def solution(request: ViewerRequest, key: int) -> HttpResponse:
    """“This solved it”: counted, and the form ends there: its draft is set aside."""
    found = guide_visible_to(request.viewer, key)
    context = _of_form(request, request.POST) | {"guide": found}
    counting.record_solved(found, by=request.viewer, category=context["category"])
    draft = as_uuid(context["form"])
    if draft:
        set_aside(draft, by=request.viewer)
    return render(request, "cases/guides/portal/solved.html", context | {"draft": draft})


@require_POST
@portal_page
def suggestions(request: ViewerRequest) -> HttpResponse:
    """The guides that fit what was written so far: a fragment, asked for while typing."""
    _slow_down(request)
    context = suggested(
        request,
        text=f"{request.POST.get('subject', '')}\n{request.POST.get('description', '')}",
        **_of_form(request, request.POST),
    )
    return render(request, "cases/guides/portal/suggested.html", context)


def suggested(
    request: ViewerRequest, *, text: str = "", form: str = "", category: Category | None = None
) -> dict[str, Any]:
    """The context of `cases/guides/portal/cards.html`: suggestions, which count as shown.

    `form` is the token of the form they are shown in (`caseway.cases.once.form_token`).
    """
    viewer = request.viewer
    found = suggestions_for(viewer, text=text, category=category, brand=brand_of(request))
    counting.record_shown(found, to=viewer, visit=visit_of_form(request, form), category=category)
    return {"guides": found, "form": form, "category": category, "written": clean(text)}


def _of_form(request: ViewerRequest, given: Any) -> dict[str, Any]:
    """Which form the reader comes from, if any, and the item chosen there."""
    return {
        "form": clean_line(given.get("form", ""), 64),
        "category": category_named(request.viewer, given.get("category", "")),
    }


def visit_of_form(request: ViewerRequest, form: str) -> str:
    """The visit that what is shown and opened in this form counts for."""
    return counting.visit_of(request.viewer, request.session.session_key or "", form)


def _slow_down(request: ViewerRequest) -> None:
    key = f"guides:{request.viewer.me}"
    if limits.count(key, 60) > PER_MINUTE:
        raise TooMany(
            _("That was a lot of typing. Go on; suggestions come back in a moment."), retry_after=60
        )
