"""Shipments at the desk: the list, and one with its events and its cases."""

from django.http import HttpResponse
from django.shortcuts import render

from caseway.accounts.access import desk_page
from caseway.accounts.requests import ViewerRequest
from caseway.core.errors import Invalid, NotFound
from caseway.core.paging import Order, page_of
from caseway.core.text import clean_line
from caseway.customers.colleagues.queries import account_visible_to
from caseway.customers.models import CustomerAccount
from caseway.shipments.models import Shipment

from .card import card_of
from .listing import rows_of

NEWEST = Order("updated_at")


@desk_page
def shipments(request: ViewerRequest) -> HttpResponse:
    """The shipments that the viewer's organisation feeds, ships or carries; found by every number."""
    typed, status = clean_line(request.GET.get("q", ""), 80), request.GET.get("status", "")
    found = Shipment.objects.visible_to(request.viewer).select_related("carrier", "shipper")
    account = _customer_named(request)
    if account:
        found = found.filter(account=account)
    if typed:
        found = found.with_number(typed)
    if status in Shipment.Status.values:
        found = found.filter(status=status)
    bound_to = f"shipments:{request.viewer.organisation_id}:{typed}:{status}:{account.pk if account else ''}"
    try:
        page = page_of(found, NEWEST, cursor=request.GET.get("cursor"), bound_to=bound_to)
    except Invalid:
        page = page_of(found, NEWEST, bound_to=bound_to)
    context = {
        "page": page,
        "rows": rows_of(page.items, request.viewer),
        "q": typed,
        "status": status,
        "account": account,
        "statuses": Shipment.Status.choices,
    }
    return render(request, "desk/shipments/list.html", context)


def _customer_named(request: ViewerRequest) -> CustomerAccount | None:
    """The customer account that the address asks for, None for none. Raises NotFound for a foreign one."""
    key = request.GET.get("customer", "")
    named = int(key) if key.isascii() and key.isdecimal() and len(key) < 19 else None
    return account_visible_to(request.viewer, named) if key else None


@desk_page
def shipment(request: ViewerRequest, pk: int) -> HttpResponse:
    """One shipment: its way, numbers and events, its cases, and the way to a new one."""
    seen = Shipment.objects.visible_to(request.viewer)
    found = seen.select_related("carrier", "shipper", "account", "brand").filter(pk=pk).first()
    if found is None:
        raise NotFound
    return render(request, "desk/shipments/shipment.html", {"card": card_of(found, request.viewer)})
