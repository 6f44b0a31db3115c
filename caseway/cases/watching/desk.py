"""The desk's side of following: oneself, and colleagues."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from caseway.accounts.access import desk_page
from caseway.accounts.requests import ViewerRequest
from caseway.cases import desk
from caseway.cases.access.rules import Operation
from caseway.cases.ownership.desk import colleagues

from . import actions as watching
from .forms import WatchersForm
from .queries import is_watched, watchers_of


@desk_page
@require_POST
def watch(request: ViewerRequest, number: str) -> HttpResponse:
    """Follow the case, or stop following it."""
    case, viewer = desk.load(request, number).case, request.viewer
    if is_watched(case, viewer):
        words, act = _("You no longer follow this case."), watching.unfollow
    else:
        words, act = _("You follow this case."), watching.follow
    return desk.attempt(request, number, lambda: act(case, by=viewer), words)


@desk_page
def watchers(request: ViewerRequest, number: str) -> HttpResponse:
    """Let colleagues follow the case, or no longer."""
    side, viewer = desk.load(request, number), request.viewer
    there = watchers_of(side.case, viewer)
    form = WatchersForm(desk.sent(request), viewer=viewer, side=side, there=there)
    if desk.submitted(request, form, form.apply):
        return desk.done(request, number, _("The watchers are changed."))
    found = {"colleagues": colleagues(request, "watcher"), "query": desk.searched(request, "watcher")}
    if request.htmx and request.htmx.target == "p-watcher-results":
        return render(request, "cases/ownership/colleagues.html", found | {"name": "watcher", "chosen": ""})
    return desk.ask(request, side, form, "cases/watching/watchers.html", Operation.WATCHERS, **found)
