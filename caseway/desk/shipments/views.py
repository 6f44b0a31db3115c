"""Shipments at the desk: the list, and one with its events and its cases."""

from django.http import HttpResponse
from django.shortcuts import render

from caseway.accounts.access import desk_page
from caseway.accounts.requests import ViewerRequest
from caseway.cases.search.numbers import shipments_with_number
from caseway.core.errors import Invalid, NotFound
from caseway.core.paging import Order, Page, page_of
from caseway.core.text import clean_line
from caseway.customers.colleagues.queries import account_visible_to
from caseway.shipments.filtering import ShipmentFilter
from caseway.shipments.models import Shipment

from .card import card_of
from .chips import carries, chips_for
from .listing import rows_of

NEWEST = Order("updated_at")


@desk_page
def shipments(request: ViewerRequest) -> HttpResponse:
    """The shipments that the viewer's organisation feeds, ships or carries; found by every number."""
    typed, errors = clean_line(request.GET.get("q", ""), 80), {}
    try:
        wanted = ShipmentFilter.from_query(dict(request.GET.lists()))
        page = _page(wanted, typed, request)
    except Invalid as invalid:
        wanted, page, errors = ShipmentFilter(), Page([], None, None), invalid.errors
    chips = chips_for(wanted, request.viewer, q=typed)
    labels = {chip.name: chip.label for chip in chips}
    context = {
        "page": page,
        "rows": rows_of(page.items, request.viewer) if page.items else [],
        "q": typed,
        "wanted": wanted,
        "query": wanted.query_string(q=typed),
        "chips": chips,
        "carries": carries(request.viewer),
        "account": account_visible_to(request.viewer, wanted.customer) if wanted.customer else None,
        "errors": {labels.get(name.split(".")[0], name): words for name, words in errors.items()},
    }
    return render(request, "desk/shipments/list.html", context, status=422 if errors else 200)


def _page(wanted: ShipmentFilter, typed: str, request: ViewerRequest) -> Page[Shipment]:
    """The page at the cursor; the first one where the cursor is of another list."""
    found = wanted.shipments(request.viewer).select_related("carrier", "shipper")
    if typed:
        found = found.filter(pk__in=shipments_with_number(typed, request.viewer))
    bound_to = f"shipments:{request.viewer.organisation_id}:{wanted.query_string(q=typed)}"
    try:
        return page_of(found, NEWEST, cursor=request.GET.get("cursor"), bound_to=bound_to)
    except Invalid:
        return page_of(found, NEWEST, bound_to=bound_to)


@desk_page
def shipment(request: ViewerRequest, pk: int) -> HttpResponse:
    """One shipment: its way, numbers and events, its cases, and the way to a new one."""
    seen = Shipment.objects.visible_to(request.viewer)
    found = seen.select_related("carrier", "shipper", "account", "brand").filter(pk=pk).first()
    if found is None:
        raise NotFound
    return render(request, "desk/shipments/shipment.html", {"card": card_of(found, request.viewer)})
