"""`/shipments`."""

from typing import Annotated

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Query

from caseway.api.http.answers import answer
from caseway.api.http.bodies import is_storable
from caseway.api.http.ids import id_of
from caseway.api.http.lists import PAGED, Cursor, Limit, page_for
from caseway.api.http.operations import Operations
from caseway.api.http.requests import ApiRequest
from caseway.api.tokens.scopes import Scope
from caseway.cases.linking.queries import cases_of_shipment, listed_cases_of_shipment
from caseway.cases.models import Case, Side
from caseway.cases.search.numbers import shipments_with_number
from caseway.cases.status import Status
from caseway.cases.types import CaseType
from caseway.core.errors import Conflict, NotFound
from caseway.core.paging import Order
from caseway.shipments.filtering import ShipmentFilter
from caseway.shipments.models import Shipment
from caseway.shipments.models.access import number_is
from caseway.shipments.numbers import Recognised, recognise

from .filters import FILTERS, PARAMETERS
from .schemas import (
    CaseOfShipment,
    ListOfShipments,
    ShipmentFound,
    ShipmentOut,
    event_of,
    facts,
    number_found,
    taken_for,
)

shipments = Operations("Shipments")
LATEST = Order("updated_at")
MOST_EVENTS = 200
NUMBERS = (
    "A shipment, tracking, reference, PO, BOL, order or RA number, or how one begins (three characters or "
    "more). Blanks, dashes and full-width digits don't matter, and a word such as `PO` may precede it. "
    "An SSCC is found with and without its `(00)`. For agents also the number, or your CRM number, of a case"
)


def _joined(rows: QuerySet[Shipment]) -> QuerySet[Shipment]:
    return rows.select_related("shipper", "carrier", "brand", "account")


def visible_shipment(request: ApiRequest, key: str) -> Shipment:
    """The shipment with this number (its own first, then any of its others) or id.

    Raises NotFound, and Conflict where several that the caller sees have the number.
    """
    seen = _joined(Shipment.objects.visible_to(request.viewer))
    if not is_storable(key):
        raise NotFound
    by_id = seen.filter(pk=id_of(key) or 0)
    by_other = seen.filter(number_is(recognise(key)))
    for rows in (seen.filter(number=key), by_id, by_other):
        found = list(rows[:2])
        if len(found) > 1:
            raise Conflict(_("Several shipments have this number. Choose one by its id."))
        if found:
            return found[0]
    raise NotFound


@shipments.get(
    "/shipments",
    scope=Scope.SHIPMENTS_READ,
    answer=ListOfShipments,
    query=("q", *FILTERS, *PAGED),
    openapi={"parameters": PARAMETERS},
)
def list_shipments(
    request: ApiRequest,
    q: Annotated[str, Query(max_length=200, description=NUMBERS)] = "",
    limit: Limit = 50,
    cursor: Cursor = None,
) -> HttpResponse:
    """List the shipments that you see, the latest first; with `q`, what it was taken for and what fits it."""
    wanted = recognise(q)
    filtered = ShipmentFilter.from_query(dict(request.GET.lists()))
    rows = _joined(filtered.shipments(request.viewer))
    if q.strip():
        rows = rows.filter(pk__in=shipments_with_number(q, request.viewer))
    bound_to = filtered.query_string(q=q)
    page = page_for(request, rows, LATEST, limit=limit, cursor=cursor, bound_to=bound_to)
    items = [_found(one, wanted, request) for one in page.items]
    return answer(ListOfShipments(items=items, next=page.next, taken_for=taken_for(wanted)))


@shipments.get("/shipments/{key}", scope=Scope.SHIPMENTS_READ, answer=ShipmentOut)
def read_shipment(request: ApiRequest, key: str) -> HttpResponse:
    """Read a shipment, by its id or any of its numbers, with its latest events and its cases."""
    found = visible_shipment(request, key)
    events = [event_of(event) for event in found.events.all()[:MOST_EVENTS]]
    more = {"events": events, "cases": _cases(request, found)}
    return answer(ShipmentOut.model_validate(facts(found, request.viewer) | more))


def _found(shipment: Shipment, wanted: Recognised, request: ApiRequest) -> ShipmentFound:
    matched = number_found(shipment, wanted) if wanted.value else None
    return ShipmentFound.model_validate(facts(shipment, request.viewer) | {"matched": matched})


def _cases(request: ApiRequest, shipment: Shipment) -> list[CaseOfShipment]:
    viewer = request.viewer
    if not viewer.is_agent:
        own = Case.objects.visible_to(viewer).filter(shipment=shipment).order_by("-created_at", "-pk")[:50]
        return [_case(case, listed=False) for case in own]
    ours = [_case(side, listed=False) for side in cases_of_shipment(shipment.pk, viewer)]
    return ours + [_case(side, listed=True) for side in listed_cases_of_shipment(shipment.pk, viewer)]


def _case(case: Case | Side, *, listed: bool) -> CaseOfShipment:
    return CaseOfShipment(
        number=case.number,
        type=CaseType(case.type),
        status=Status(case.status),
        active=case.is_active,
        listed=listed,
    )
