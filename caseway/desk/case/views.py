"""The shipment-and-case page."""

from django.http import HttpResponse
from django.shortcuts import render

from caseway.accounts.access import desk_page
from caseway.accounts.requests import ViewerRequest
from caseway.cases.conversation.folding import MOST, unfolded
from caseway.cases.conversation.queries import reach_of
from caseway.cases.models import Side
from caseway.cases.search.marking import Marker
from caseway.core.text import clean_line

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
        unfolded=max(unfolded(request.GET.get("messages", "")), _reaching_hit(request, side)),
        marker=Marker.of(clean_line(request.GET["q"])) if request.GET.get("q") else None,
    )
    field = _field_in_focus(request)
    if field:
        return render(request, "desk/case/value.html", {"page": page, "name": field})
    return render(
        request,
        "desk/case/case.html",
        {"page": page, "told": told_to(request, renewed=bool(request.htmx)), "side": side, "case": side.case},
    )


def _reaching_hit(request: ViewerRequest, side: Side) -> int:
    """How many messages have to be shown for the one that a search led to; 0 where it led to none."""
    hit = request.GET.get("hit", "")
    if not (hit.isascii() and hit.isdecimal() and len(hit) < 19):
        return 0
    return min(reach_of(int(hit), side.case, request.viewer), MOST)


def _field_in_focus(request: ViewerRequest) -> str:
    """The field whose value alone htmx wants back, since editing it was given up."""
    target = (request.htmx.target or "") if request.htmx else ""
    return target.removeprefix("field-") if target.startswith("field-") else ""
