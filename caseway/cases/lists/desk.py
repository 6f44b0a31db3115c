"""The lists at the desk: one set of pages for all of them.

A row is looked for before the permission is asked, so that a foreign one is not there rather
than forbidden.
"""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from caseway.accounts.access import desk_page
from caseway.accounts.changing import demand
from caseway.accounts.permissions import Permission
from caseway.accounts.requests import ViewerRequest
from caseway.core.errors import Conflict, Invalid, Stale
from caseway.core.http.forms import show_again

from . import actions
from .actions import Written
from .forms import RowForm, initial_of
from .kinds import ListKind, kind_named
from .queries import parts_of, row_of, rows_of, version_of
from .uses import is_referred_to

FORM_METHODS = ["GET", "HEAD", "POST"]


@require_safe
@desk_page(permission=Permission.SETTINGS)
def rows(request: ViewerRequest, kind: str) -> HttpResponse:
    """One list with its order, and how many cases use each row."""
    return _list(request, kind_named(kind))


@require_http_methods(FORM_METHODS)
@desk_page(permission=Permission.SETTINGS)
def new_row(request: ViewerRequest, kind: str) -> HttpResponse:
    """One more row; `?parent=` or `?kind=` says in which part."""
    found = kind_named(kind)
    if request.method == "POST":
        return _sent(request, RowForm(request.POST, kind=found, viewer=request.viewer))
    return _form(request, RowForm(initial=request.GET.dict(), kind=found, viewer=request.viewer))


@require_http_methods(FORM_METHODS)
@desk_page
def row(request: ViewerRequest, kind: str, key: int) -> HttpResponse:
    """One row, to change."""
    found = kind_named(kind)
    stored = _open(request, found, key)
    written = request.POST if request.method == "POST" else None
    initial = initial_of(found, stored)
    form = RowForm(written, initial=initial, kind=found, viewer=request.viewer, row=stored)
    return _form(request, form) if written is None else _sent(request, form)


@require_POST
@desk_page
def place(request: ViewerRequest, kind: str, key: int) -> HttpResponse:
    """Let the row stand before another one (`before=`, a row's id), or at the end."""
    found = kind_named(kind)
    before = request.POST.get("before", "")
    asked = int(before) if before.isascii() and before.isdecimal() and len(before) < 19 else None
    actions.move(found, _open(request, found, key), before=asked, by=request.viewer)
    if request.headers.get("HX-Request"):
        return _list(request, found, template="rows.html", moved=key)
    return redirect("desk:list", found.key)


@require_POST
@desk_page
def state(request: ViewerRequest, kind: str, key: int) -> HttpResponse:
    """Switch the row off or on, or remove it (`do=`)."""
    found = kind_named(kind)
    stored = _open(request, found, key)
    do = request.POST.get("do", "")
    try:
        if do == "remove":
            actions.remove(found, stored, by=request.viewer)
        else:
            written = Written(is_active=do != "off")
            actions.change(found, stored, written, by=request.viewer, version=None)
    except Conflict as conflict:
        messages.error(request, conflict.message)
        return redirect("desk:list_row", found.key, key)
    words = {"remove": _("“%(name)s” is removed."), "off": _("“%(name)s” is switched off.")}
    messages.success(request, words.get(do, _("“%(name)s” is switched on.")) % {"name": stored.label})
    return redirect("desk:list", found.key)


def _open(request: ViewerRequest, kind: ListKind, key: int) -> Any:
    found = row_of(kind, request.viewer, key)
    demand(request.viewer, Permission.SETTINGS)
    return found


def _list(
    request: ViewerRequest, kind: ListKind, *, template: str = "list.html", moved: int = 0
) -> HttpResponse:
    found = list(rows_of(kind, request.viewer))
    uses = kind.uses(request.viewer.us) if kind.uses else {}
    context = {"kind": kind, "parts": parts_of(kind, found), "uses": uses, "moved": moved}
    return render(request, f"cases/lists/{template}", context)


def _sent(request: ViewerRequest, form: RowForm) -> HttpResponse:
    """Store what was written, or show the form again with it."""
    if not form.is_valid():
        return _form(request, form, status=422)
    try:
        stored = _store(request, form)
    except (Invalid, Conflict) as refused:
        return show_again(form, refused, partial(_form, request, form))
    messages.success(request, _("“%(name)s” is saved.") % {"name": stored.label})
    return redirect("desk:list", form.kind.key)


def _store(request: ViewerRequest, form: RowForm) -> Any:
    if form.row is None:
        return actions.add(form.kind, form.written, by=request.viewer)
    version = form.cleaned_data["version"] or 0
    return actions.change(form.kind, form.row, form.written, by=request.viewer, version=version)


def _form(
    request: ViewerRequest, form: RowForm, *, status: int = 200, stale: Stale | None = None
) -> HttpResponse:
    """The form. After a stale save it holds what was typed, and the present version."""
    row = row_of(form.kind, request.viewer, form.row.pk) if form.row else None
    uses = form.kind.uses(request.viewer.us) if row and form.kind.uses else {}
    used = uses.get(row.pk, 0) if row else 0
    context = {
        "kind": form.kind,
        "form": form,
        "row": row,
        "used": used,
        "may_remove": row is not None and not used and not is_referred_to(row),
        "stale": stale,
        "version": version_of(form.kind, row) if row and stale else form["version"].value(),
    }
    return render(request, "cases/lists/row.html", context, status=status)
