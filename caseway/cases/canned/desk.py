"""Canned answers at the desk: the list, and writing one. Every agent has their own."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from caseway.accounts.access import desk_page
from caseway.accounts.requests import ViewerRequest
from caseway.cases.models import CannedAnswer
from caseway.core.errors import Invalid, Stale
from caseway.core.http.forms import show_again

from .actions import may_change, remove, rewrite, scope_of, write
from .forms import CannedAnswerForm, initial_of
from .queries import canned_answer_visible_to, canned_answers_of
from .variables import VARIABLES


@require_GET
@desk_page
def canned_answers(request: ViewerRequest) -> HttpResponse:
    """All that the viewer may use: their own, their teams', the organisation's."""
    typed = request.GET.get("q", "")
    rows = [
        (one, scope_of(one), may_change(one, request.viewer))
        for one in canned_answers_of(request.viewer, typed)
    ]
    return render(request, "cases/canned/list.html", {"rows": rows, "typed": typed})


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def new_canned_answer(request: ViewerRequest) -> HttpResponse:
    """A new one."""
    if request.method == "POST":
        return _sent(request, None)
    return _form(request, CannedAnswerForm(viewer=request.viewer), None)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def canned_answer(request: ViewerRequest, key: int) -> HttpResponse:
    """One of them: to change for those who may, else to read."""
    found = canned_answer_visible_to(request.viewer, key)
    if request.method == "POST":
        return _sent(request, found)
    return _form(request, CannedAnswerForm(initial=initial_of(found), viewer=request.viewer), found)


@require_POST
@desk_page
def canned_answer_removal(request: ViewerRequest, key: int) -> HttpResponse:
    """Throw it away."""
    found = canned_answer_visible_to(request.viewer, key)
    remove(found, by=request.viewer)
    messages.success(request, _("“%(title)s” is removed.") % {"title": found.title})
    return redirect("desk:canned_answers")


def _sent(request: ViewerRequest, found: CannedAnswer | None) -> HttpResponse:
    """Store what was written, or show the form again with it."""
    form = CannedAnswerForm(request.POST, viewer=request.viewer)
    if not form.is_valid():
        return _form(request, form, found, status=422)
    try:
        stored = _store(request, form, found)
    except (Invalid, Stale) as refused:
        return show_again(form, refused, partial(_form, request, form, found))
    messages.success(request, _("“%(title)s” is saved.") % {"title": stored.title})
    return redirect("desk:canned_answers")


def _store(request: ViewerRequest, form: CannedAnswerForm, found: CannedAnswer | None) -> CannedAnswer:
    if found is None:
        return write(form.wording, by=request.viewer)
    return rewrite(found, form.wording, by=request.viewer, version=form.cleaned_data["version"] or 0)


def _form(
    request: ViewerRequest,
    form: CannedAnswerForm,
    found: CannedAnswer | None,
    *,
    status: int = 200,
    stale: Stale | None = None,
) -> HttpResponse:
    """The form. After a stale save it holds what was typed and the present version."""
    context = {
        "form": form,
        "found": found,
        "stale": stale,
        "version": stale.current["version"] if stale else form["version"].value(),
        "may_change": found is None or may_change(found, request.viewer),
        "variables": VARIABLES,
    }
    return render(request, "cases/canned/answer.html", context, status=status)
