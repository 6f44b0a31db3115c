"""Saved views at the desk: saving what is seen, changing, removing, and the list of them all."""

from dataclasses import replace
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from caseway.accounts.access import desk_page
from caseway.accounts.requests import ViewerRequest
from caseway.cases.models import SavedView
from caseway.cases.views.arranging.actions import choose_columns, open_desk_with
from caseway.cases.views.arranging.queries import OneList, arrangement_of
from caseway.cases.views.pages.going import go, list_url, query_of
from caseway.cases.views.saving.actions import Described, change, described, remove, save
from caseway.cases.views.saving.history import changes_since
from caseway.cases.views.saving.queries import (
    may_change,
    saved_view_visible_to,
    scope_of,
    sentence_of,
    views_seen_by,
)
from caseway.cases.views.shown import Shown, shown_by
from caseway.core.errors import DomainError, Invalid, Stale
from caseway.core.http.forms import show_again

from .forms import SavedViewForm, initial_of


@require_safe
@desk_page
def saved_views(request: ViewerRequest) -> HttpResponse:
    """All that the viewer may open: their own, their teams'."""
    viewer = request.viewer
    rows = [
        (one, scope_of(one), may_change(one, viewer), sentence_of(one, viewer))
        for one in views_seen_by(viewer)
    ]
    return render(request, "cases/views/pages/views.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def new_saved_view(request: ViewerRequest) -> HttpResponse:
    """Save the list that the address names, by a name."""
    shown = shown_by(dict(request.GET.lists()), request.viewer)
    form = SavedViewForm(request.POST or None, initial={"scope": "own"}, viewer=request.viewer)
    page = partial(_new_page, request, form, shown)
    if request.method != "POST":
        return page()
    if not form.is_valid():
        return page(status=422)
    wanted = replace(seen(shown), name=form.cleaned_data["name"], **form.owner)
    try:
        saved = save(wanted, by=request.viewer)
    except DomainError as refused:
        return show_again(form, refused, page)
    return _kept(request, saved, opens_desk=form.cleaned_data["opens_desk"])


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def saved_view(request: ViewerRequest, key: int) -> HttpResponse:
    """Its name, for whom it is, and whether one's desk begins with it."""
    found = saved_view_visible_to(request.viewer, key)
    opens = arrangement_of(OneList(saved=found), request.viewer).opens_desk
    initial = initial_of(found, opens_desk=opens)
    form = SavedViewForm(request.POST or None, initial=initial, viewer=request.viewer)
    page = partial(_page, request, form, found)
    if request.method != "POST" or not may_change(found, request.viewer):
        return page()
    if not form.is_valid():
        return page(status=422)
    wanted = replace(described(found), name=form.cleaned_data["name"], **form.owner)
    try:
        saved = change(found, wanted, by=request.viewer, version=form.cleaned_data["version"] or 0)
    except (Invalid, Stale) as refused:
        return show_again(form, refused, page)
    return _kept(request, saved, opens_desk=form.cleaned_data["opens_desk"], did=opens)


@require_POST
@desk_page
def saved_view_update(request: ViewerRequest, key: int) -> HttpResponse:
    """Let the view be what is seen now: the list that the address names."""
    found = saved_view_visible_to(request.viewer, key)
    shown = shown_by(dict(request.GET.lists()), request.viewer)
    wanted = replace(described(found), **_what_is_seen(shown))
    sent = request.POST.get("version", "")
    version = int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 10 else 0
    try:
        change(found, wanted, by=request.viewer, version=version)
    except Stale as stale:
        return _overtaken(request, found, shown, stale, version)
    widths = dict(arrangement_of(OneList(saved=found), request.viewer).widths)
    choose_columns(OneList(saved=found), None, widths, by=request.viewer)
    messages.success(request, _("“%(name)s” now shows this.") % {"name": found.name})
    return go(request, list_url(f"saved={found.pk}"))


@require_POST
@desk_page
def saved_view_removal(request: ViewerRequest, key: int) -> HttpResponse:
    """Throw it away."""
    found = saved_view_visible_to(request.viewer, key)
    remove(found, by=request.viewer)
    messages.success(request, _("“%(name)s” is removed.") % {"name": found.name})
    return go(request, list_url(""))


def seen(shown: Shown) -> Described:
    """What is seen now, as a view without a name."""
    return Described(name="", **_what_is_seen(shown))


def _what_is_seen(shown: Shown) -> dict[str, Any]:
    columns = shown.arrangement.columns if shown.arrangement.is_chosen else ()
    return {"query": shown.wanted.query_string(), "columns": columns, "grouping": shown.grouping}


def _kept(request: ViewerRequest, saved: SavedView, *, opens_desk: bool, did: bool = False) -> HttpResponse:
    """Open the view that was saved, and the desk with it from now on where that was ticked."""
    if opens_desk != did:
        open_desk_with(OneList(saved=saved) if opens_desk else None, by=request.viewer)
    messages.success(request, _("“%(name)s” is saved.") % {"name": saved.name})
    return go(request, list_url(f"saved={saved.pk}"))


def _new_page(
    request: ViewerRequest,
    form: SavedViewForm,
    shown: Shown,
    *,
    status: int = 200,
    stale: Stale | None = None,
) -> HttpResponse:
    context = {
        "form": form,
        "sentence": shown.wanted.sentence(request.viewer),
        "action": request.get_full_path(),
        "back": list_url(query_of(request)),
        "found": None,
        "stale": stale,
        "changes": [],
        "may_change": True,
    }
    return render(request, "cases/views/pages/view.html", context, status=status)


def _page(
    request: ViewerRequest,
    form: SavedViewForm,
    found: SavedView,
    *,
    status: int = 200,
    stale: Stale | None = None,
) -> HttpResponse:
    """The form. After a stale save it holds what was typed, what changed, and the present version."""
    version = form["version"].value()
    context = {
        "form": form,
        "sentence": sentence_of(found, request.viewer),
        "action": request.path,
        "back": list_url(f"saved={found.pk}"),
        "found": found,
        "stale": stale,
        "version": stale.current["version"] if stale else version,
        "changes": changes_since(found, int(version or 0), request.viewer) if stale else [],
        "may_change": may_change(found, request.viewer),
    }
    return render(request, "cases/views/pages/view.html", context, status=status)


def _overtaken(
    request: ViewerRequest, found: SavedView, shown: Shown, stale: Stale, version: int
) -> HttpResponse:
    """Somebody was quicker: what they changed, with the choice to put this in its place."""
    context = {
        "found": found,
        "stale": stale,
        "changes": changes_since(found, version, request.viewer),
        "sentence": shown.wanted.sentence(request.viewer),
        "action": request.get_full_path(),
        "back": list_url(shown.query),
        "version": stale.current["version"],
    }
    return render(request, "cases/views/pages/overtaken.html", context, status=stale.status)
