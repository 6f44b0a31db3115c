"""The customer's shipments."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from caseway.accounts.access import portal_page
from caseway.accounts.requests import ViewerRequest
from caseway.core.text import clean_line

from .queries import page_of_shipment, shipments_of


@require_GET
@portal_page
def my_shipments(request: ViewerRequest) -> HttpResponse:
    """The shipments of the customer's account, found by any of their numbers."""
    typed = clean_line(request.GET.get("q", ""), 80)
    page = shipments_of(request.viewer, typed, request.GET.get("page"))
    return render(request, "portal/shipments/my_shipments.html", {"page": page, "typed": typed})


@require_GET
@portal_page
def shipment(request: ViewerRequest, number: str) -> HttpResponse:
    """One shipment: where it is, what happened to it, and its cases."""
    page = page_of_shipment(number, request.viewer)
    return render(request, "portal/shipments/shipment.html", {"page": page, "shipment": page.shipment})
