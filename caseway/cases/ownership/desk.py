"""The desk's side of ownership: claim, assign, transfer, release, give to a team, upgrade."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from caseway.accounts.access import desk_page
from caseway.accounts.requests import ViewerRequest
from caseway.accounts.viewer import Viewer
from caseway.cases import desk
from caseway.cases.access.rules import Operation
from caseway.cases.models import Side

from . import actions as ownership
from .forms import LevelForm, NoteForm, OwnerForm, TeamForm
from .queries import colleagues_like


@desk_page
@require_POST
def claim(request: ViewerRequest, number: str) -> HttpResponse:
    """Take an unowned case; whoever comes second hears who has it."""
    case, viewer = desk.load(request, number).case, request.viewer
    words = _("The case is yours.")
    return desk.attempt(request, number, lambda: ownership.claim(case, by=viewer), words, undo=True)


@desk_page
def owner(request: ViewerRequest, number: str) -> HttpResponse:
    """Give the case to a colleague, found by name."""
    side, viewer = desk.load(request, number), request.viewer
    form = OwnerForm(desk.sent(request), viewer=viewer, side=side)
    if desk.submitted(request, form, lambda given: _assign(side, viewer, given)):
        return desk.done(request, number, _("The case has a new owner."), undo=True)
    others = [item for item in colleagues(request, "owner") if item["value"] != form.present]
    found = {"colleagues": others, "query": desk.searched(request, "owner")}
    if request.htmx and request.htmx.target == "p-owner-results":
        return render(request, "cases/ownership/colleagues.html", found | {"name": "owner", "chosen": ""})
    return desk.ask(request, side, form, "cases/ownership/owner.html", Operation.ASSIGN, **found)


@desk_page
def team(request: ViewerRequest, number: str) -> HttpResponse:
    """Put the case into a team's queue."""
    side, viewer = desk.load(request, number), request.viewer
    form = TeamForm(desk.sent(request), viewer=viewer, side=side, initial={"team": side.team_id})
    if desk.submitted(request, form, lambda given: ownership.give_to_team(side.case, by=viewer, **given)):
        return desk.done(request, number, _("The case is in the team's queue."), undo=True)
    return desk.ask(request, side, form, "cases/ownership/team.html", Operation.ASSIGN)


@desk_page
def release(request: ViewerRequest, number: str) -> HttpResponse:
    """Give the case back to the queue."""
    side, viewer = desk.load(request, number), request.viewer
    form = NoteForm(desk.sent(request), viewer=viewer, side=side)
    if desk.submitted(request, form, lambda given: ownership.release(side.case, by=viewer, **given)):
        return desk.done(request, number, _("The case is released."), undo=True)
    return desk.ask(request, side, form, "cases/ownership/release.html", Operation.RELEASE)


@desk_page
def level(request: ViewerRequest, number: str) -> HttpResponse:
    """Upgrade or downgrade the case."""
    side, viewer = desk.load(request, number), request.viewer
    step = {"up": 1, "down": -1}.get(request.GET.get("to", ""), 0)
    initial = {"level": min(max(side.level + step, 0), ownership.HIGHEST_LEVEL)}
    form = LevelForm(desk.sent(request), viewer=viewer, side=side, initial=initial)
    if desk.submitted(request, form, lambda given: ownership.set_level(side.case, by=viewer, **given)):
        return desk.done(request, number, _("The level is changed."))
    return desk.ask(request, side, form, "cases/ownership/level.html", Operation.UPGRADE)


def _assign(side: Side, viewer: Viewer, given: dict[str, Any]) -> None:
    to = ownership.colleague(viewer, given["owner"])
    ownership.assign(side.case, by=viewer, to=to, note=given["note"])


def colleagues(request: ViewerRequest, name: str) -> list[dict[str, str]]:
    """Colleagues that fit what was typed into the picker `name`, as its results show them."""
    typed = desk.searched(request, name)
    return [
        {
            "value": seat.person.email,
            "title": str(seat.person),
            "detail": ", ".join([seat.person.email, *(str(team) for team in seat.teams.all())]),
        }
        for seat in colleagues_like(request.viewer, typed)
    ]
