"""The customer's shipments."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from caseway.accounts.access import portal_page
from caseway.accounts.requests import ViewerRequest
from caseway.shipments.numbers import recognise
from caseway.shipments.wording import taken_for

from .filters import EXPECTED, STATES, MyShipments
from .queries import counts_of, listing_of, page_of_shipment


@require_GET
@portal_page
def my_shipments(request: ViewerRequest) -> HttpResponse:
    """The shipments of the customer's account, found by any of their numbers."""
    wanted = MyShipments.from_query(request.GET.dict())
    context = {
        "wanted": wanted,
        "listing": listing_of(wanted, request.viewer, request.GET.get("page")),
        "counts": counts_of(wanted, request.viewer),
        "states": [(key, str(label)) for key, (label, _statuses) in STATES.items()],
        "times": [(key, str(label)) for key, label in EXPECTED.items()],
        "taken_for": taken_for(recognise(wanted.q)) if wanted.q else "",
    }
    return render(request, "portal/shipments/my_shipments.html", context)


@require_GET
@portal_page
def shipment(request: ViewerRequest, number: str) -> HttpResponse:
    """One shipment: where it is, what happened to it, and its cases."""
    page = page_of_shipment(number, request.viewer)
    return render(request, "portal/shipments/shipment.html", {"page": page, "shipment": page.shipment})
