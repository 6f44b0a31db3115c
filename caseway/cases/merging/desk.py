"""The desk's side of merging, and of taking it back."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from caseway.accounts.access import desk_page
from caseway.accounts.requests import ViewerRequest
from caseway.accounts.viewer import Viewer
from caseway.cases import desk
from caseway.cases.access.rules import Operation
from caseway.cases.linking.actions import link
from caseway.cases.linking.candidates import candidates

from . import actions as merging
from .forms import MergeForm, SeparationForm


@desk_page
def merge(request: ViewerRequest, number: str) -> HttpResponse:
    """Merge this case with another: choose it, see what would happen, confirm. Or only link the two."""
    side, viewer = desk.load(request, number), request.viewer
    chosen = {"into": request.GET["with"]} if "with" in request.GET else None
    form = MergeForm(desk.sent(request) or chosen, viewer=viewer, side=side)
    if form.is_confirmed and desk.submitted(request, form, lambda _given: _merge(form, viewer)):
        return desk.done(request, number, _("The case is merged. Its old number goes on working."), undo=True)
    if form.wants_link and desk.submitted(request, form, lambda _given: _link(form, viewer)):
        return desk.done(request, number, _("The cases are linked."))
    typed = desk.searched(request, "into")
    found = {"found": candidates(side, viewer, typed, only_active=True), "query": typed}
    if request.htmx and request.htmx.target == "p-into-results":
        return render(request, "cases/linking/found.html", found | {"name": "into", "chosen": ""})
    return desk.ask(request, side, form.looked_over(), "cases/merging/merge.html", Operation.MERGE, **found)


@desk_page
def separation(request: ViewerRequest, number: str) -> HttpResponse:
    """Take a merged case out of its survivor again."""
    side, viewer = desk.load(request, number), request.viewer
    form = SeparationForm(desk.sent(request), viewer=viewer, side=side)
    if desk.submitted(request, form, lambda _given: merging.unmerge(side.case, by=viewer)):
        return desk.done(request, number, _("The case stands alone again."))
    return desk.ask(request, side, form, "cases/merging/separation.html", Operation.UNMERGE)


def _merge(form: MergeForm, viewer: Viewer) -> None:
    merged, survivor = form.direction
    merging.merge(merged, by=viewer, into=survivor, across_customers=form.cleaned_data["across_customers"])


def _link(form: MergeForm, viewer: Viewer) -> None:
    link(form.side.case, by=viewer, other=form.cleaned_data["into"])
