"""Roles at the desk."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from caseway.accounts.access import desk_page
from caseway.accounts.changing import demand
from caseway.accounts.models import Role
from caseway.accounts.permissions import Permission
from caseway.accounts.requests import ViewerRequest
from caseway.core.errors import Conflict, Invalid, NotAllowed, Stale
from caseway.core.http.forms import show_again

from . import actions
from .forms import RoleForm
from .queries import role_of, roles_of, version_of

FORM_METHODS = ["GET", "HEAD", "POST"]


@require_safe
@desk_page(permission=Permission.PEOPLE)
def roles(request: ViewerRequest) -> HttpResponse:
    """The organisation's roles, and how many people have each."""
    return render(request, "accounts/permitting/list.html", {"roles": roles_of(request.viewer)})


@require_http_methods(FORM_METHODS)
@desk_page(permission=Permission.PEOPLE)
def new_role(request: ViewerRequest) -> HttpResponse:
    """One more role."""
    form = RoleForm(request.POST if request.method == "POST" else None, viewer=request.viewer)
    return _sent(request, form) if form.is_bound else _page(request, form)


@require_http_methods(FORM_METHODS)
@desk_page
def role(request: ViewerRequest, key: int) -> HttpResponse:
    """One role, to change."""
    found = role_of(request.viewer, key)
    demand(request.viewer, Permission.PEOPLE)
    form = RoleForm(request.POST if request.method == "POST" else None, viewer=request.viewer, role=found)
    return _sent(request, form) if form.is_bound else _page(request, form)


@require_POST
@desk_page
def role_removal(request: ViewerRequest, key: int) -> HttpResponse:
    """Take the role away, if nobody has it."""
    found = role_of(request.viewer, key)
    try:
        actions.remove(found, by=request.viewer)
    except Conflict as conflict:
        messages.error(request, conflict.message)
        return redirect("desk:role", key)
    messages.success(request, _("“%(name)s” is removed.") % {"name": found.name})
    return redirect("desk:roles")


def _sent(request: ViewerRequest, form: RoleForm) -> HttpResponse:
    """Store what was chosen, or show the form again with it."""
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        stored = _store(request, form)
    except (Invalid, Conflict, NotAllowed) as refused:
        return show_again(form, refused, partial(_page, request, form))
    messages.success(request, _("“%(name)s” is saved. It holds at once.") % {"name": stored.name})
    return redirect("desk:roles")


def _store(request: ViewerRequest, form: RoleForm) -> Role:
    if form.role is None:
        return actions.add(form.written, by=request.viewer)
    version = form.cleaned_data["version"] or 0
    return actions.change(form.role, form.written, by=request.viewer, version=version)


def _page(
    request: ViewerRequest, form: RoleForm, *, status: int = 200, stale: Stale | None = None
) -> HttpResponse:
    stored = role_of(request.viewer, form.role.pk) if form.role else None
    context = {
        "form": form,
        "role": stored,
        "stale": stale,
        "version": version_of(stored) if stored and (stale or not form.is_bound) else form["version"].value(),
    }
    return render(request, "accounts/permitting/role.html", context, status=status)
