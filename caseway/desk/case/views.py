"""The shipment-and-case page."""

from django.http import HttpResponse
from django.shortcuts import render

from caseway.accounts.access import desk_page
from caseway.accounts.requests import ViewerRequest
from caseway.cases.conversation.folding import unfolded

from .neighbours import place_of
from .page import CasePage, side_to_show
from .timeline import show_named
from .told import told_to


@desk_page
def case(request: ViewerRequest, number: str) -> HttpResponse:
    """One case with its shipment, its timeline and everything that can be done to it."""
    side = side_to_show(request.viewer, number)
    page = CasePage(
        side=side,
        viewer=request.viewer,
        show=show_named(request.GET.get("show", "")),
        query=request.GET.urlencode(),
        place=place_of(side, request.GET, request.viewer),
        unfolded=unfolded(request.GET.get("messages", "")),
    )
    field = _field_in_focus(request)
    if field:
        return render(request, "desk/case/value.html", {"page": page, "name": field})
    return render(
        request,
        "desk/case/case.html",
        {"page": page, "told": told_to(request, renewed=bool(request.htmx)), "side": side, "case": side.case},
    )


def _field_in_focus(request: ViewerRequest) -> str:
    """The field whose value alone htmx wants back, since editing it was given up."""
    target = (request.htmx.target or "") if request.htmx else ""
    return target.removeprefix("field-") if target.startswith("field-") else ""
