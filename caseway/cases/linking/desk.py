"""The desk's side of associated cases."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from caseway.accounts.access import desk_page
from caseway.accounts.requests import ViewerRequest
from caseway.cases import desk
from caseway.cases.access.rules import Operation

from . import actions as linking
from .candidates import candidates
from .forms import LinkForm
from .queries import links_of


@desk_page
def links(request: ViewerRequest, number: str) -> HttpResponse:
    """Link another case to this one."""
    side, viewer = desk.load(request, number), request.viewer
    form = LinkForm(desk.sent(request), viewer=viewer, side=side)
    if desk.submitted(request, form, lambda given: linking.link(side.case, by=viewer, **given)):
        return desk.done(request, number, _("The cases are linked."))
    typed = desk.searched(request, "other")
    found = {"found": candidates(side, viewer, typed), "query": typed}
    if request.htmx and request.htmx.target == "p-other-results":
        return render(request, "cases/linking/found.html", found | {"name": "other", "chosen": ""})
    return desk.ask(request, side, form, "cases/linking/links.html", Operation.LINK, **found)


@desk_page
@require_POST
def link_removal(request: ViewerRequest, number: str, key: int) -> HttpResponse:
    """Take a link away that ends at this case."""
    case, viewer = desk.load(request, number).case, request.viewer
    for row in links_of(case, viewer).filter(pk=key):
        linking.unlink(row, by=viewer)
    return desk.done(request, number, _("The link is removed."))
