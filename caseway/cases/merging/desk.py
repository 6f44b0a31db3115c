"""The desk's side of merging, and of taking it back."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from caseway.accounts.access import desk_page
from caseway.accounts.requests import ViewerRequest
from caseway.cases import desk
from caseway.cases.access.rules import Operation
from caseway.cases.linking.candidates import candidates

from . import actions as merging
from .forms import MergeForm, SeparationForm


@desk_page
def merge(request: ViewerRequest, number: str) -> HttpResponse:
    """Merge this case into another."""
    side, viewer = desk.load(request, number), request.viewer
    form = MergeForm(desk.sent(request), viewer=viewer, side=side)
    if desk.submitted(request, form, lambda given: merging.merge(side.case, by=viewer, **given)):
        return desk.done(request, number, _("The case is merged. Its old number goes on working."))
    typed = desk.searched(request, "into")
    found = {"found": candidates(side, viewer, typed, only_active=True), "query": typed}
    if request.htmx and request.htmx.target == "p-into-results":
        return render(request, "cases/linking/found.html", found | {"name": "into", "chosen": ""})
    return desk.ask(request, side, form, "cases/merging/merge.html", Operation.MERGE, **found)


@desk_page
def separation(request: ViewerRequest, number: str) -> HttpResponse:
    """Take a merged case out of its survivor again."""
    side, viewer = desk.load(request, number), request.viewer
    form = SeparationForm(desk.sent(request), viewer=viewer, side=side)
    if desk.submitted(request, form, lambda _given: merging.unmerge(side.case, by=viewer)):
        return desk.done(request, number, _("The case stands alone again."))
    return desk.ask(request, side, form, "cases/merging/separation.html", Operation.UNMERGE)
