"""Teams at the desk."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from caseway.accounts.access import desk_page
from caseway.accounts.changing import demand
from caseway.accounts.models import Team
from caseway.accounts.permissions import Permission
from caseway.accounts.requests import ViewerRequest
from caseway.core.errors import Invalid, Stale
from caseway.core.http.forms import show_again

from . import actions
from .actions import Written
from .forms import TeamForm
from .queries import team_of, teams_of, version_of

FORM_METHODS = ["GET", "HEAD", "POST"]


@require_safe
@desk_page(permission=Permission.SETTINGS)
def teams(request: ViewerRequest) -> HttpResponse:
    """The organisation's teams, who leads them, and how many are in each."""
    return render(request, "accounts/teams/list.html", {"teams": teams_of(request.viewer)})


@require_http_methods(FORM_METHODS)
@desk_page(permission=Permission.SETTINGS)
def new_team(request: ViewerRequest) -> HttpResponse:
    """One more team."""
    form = TeamForm(request.POST if request.method == "POST" else None, viewer=request.viewer)
    return _sent(request, form) if form.is_bound else _page(request, form)


@require_http_methods(FORM_METHODS)
@desk_page
def team(request: ViewerRequest, key: int) -> HttpResponse:
    """One team, to change."""
    found = _open(request, key)
    form = TeamForm(request.POST if request.method == "POST" else None, viewer=request.viewer, team=found)
    return _sent(request, form) if form.is_bound else _page(request, form)


@require_POST
@desk_page
def team_state(request: ViewerRequest, key: int) -> HttpResponse:
    """Switch the team off or on (`do=`)."""
    is_active = request.POST.get("do") != "off"
    found = actions.change(_open(request, key), Written(is_active=is_active), by=request.viewer, version=None)
    words = _("“%(name)s” is switched on.") if is_active else _("“%(name)s” is switched off.")
    messages.success(request, words % {"name": found.name})
    return redirect("desk:teams")


def _open(request: ViewerRequest, key: int) -> Team:
    found = team_of(request.viewer, key)
    demand(request.viewer, Permission.SETTINGS)
    return found


def _sent(request: ViewerRequest, form: TeamForm) -> HttpResponse:
    """Store what was entered, or show the form again with it."""
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        stored = _store(request, form)
    except (Invalid, Stale) as refused:
        return show_again(form, refused, partial(_page, request, form))
    messages.success(request, _("“%(name)s” is saved.") % {"name": stored.name})
    return redirect("desk:teams")


def _store(request: ViewerRequest, form: TeamForm) -> Team:
    if form.team is None:
        return actions.add(form.written, by=request.viewer)
    version = form.cleaned_data["version"] or 0
    return actions.change(form.team, form.written, by=request.viewer, version=version)


def _page(
    request: ViewerRequest, form: TeamForm, *, status: int = 200, stale: Stale | None = None
) -> HttpResponse:
    stored = team_of(request.viewer, form.team.pk) if form.team else None
    version = version_of(stored) if stored and stale else form["version"].value()
    context = {"form": form, "team": stored, "stale": stale, "version": version}
    return render(request, "accounts/teams/team.html", context, status=status)
