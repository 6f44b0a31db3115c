"""`GET /cases`."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from caseway.api.http.answers import ListOf, answer
from caseway.api.http.ids import id_of
from caseway.api.http.lists import PAGED, Cursor, Limit, page_for
from caseway.api.http.operations import Operations
from caseway.api.http.requests import ApiRequest
from caseway.api.tokens.scopes import Scope
from caseway.cases.models import Case, Side
from caseway.cases.views.field import Field, Kind
from caseway.cases.views.filters import ORDERS, CaseFilter
from caseway.cases.views.named import View
from caseway.cases.views.operators import Operator
from caseway.cases.views.registry import FIELDS
from caseway.cases.views.saving.queries import filter_of, saved_view_visible_to
from caseway.core.errors import Invalid
from caseway.core.paging import Order

from . import agents_view, customers_view
from .customers_list import CustomerFilter
from .schemas import AgentCaseRow, CustomerCaseRow

listing = Operations("Cases")
NEWEST_FOR_CUSTOMER = Order("customer_updated_at")


def _several(name: str, choices: list[str], meaning: str) -> dict[str, Any]:
    schema = {
        "type": "array",
        "items": {"type": "string", "enum": choices} if choices else {"type": "string"},
    }
    return {"in": "query", "name": name, "description": meaning, "schema": schema, "explode": True}


def _one(name: str, schema: dict[str, Any], meaning: str) -> dict[str, Any]:
    return {"in": "query", "name": name, "description": meaning, "schema": {"type": "string"} | schema}


CUSTOMERS_TOO = {"status", "type", "created.after", "created.before", "category"}
SAYS = {
    Operator.IS: "{}",
    Operator.IS_NOT: "{}: those that are none of these",
    Operator.CONTAINS: "{}: with one of these parts, without regard to case and accents",
    Operator.NOT_CONTAINS: "{}: with none of these parts",
    Operator.STARTS_WITH: "{}: begins with one of these, without regard to case, blanks and dashes",
    Operator.NOT_STARTS_WITH: "{}: begins with none of these",
    Operator.AFTER: "{} on this day or later",
    Operator.BEFORE: "{} on this day or earlier",
}


def _of_field(field: Field, operator: Operator) -> dict[str, Any]:
    """A field of the desk's filter with one of its operators, as a parameter."""
    name = field.parameter(operator)
    who = "" if name in CUSTOMERS_TOO else "; agents only"
    meaning = SAYS[operator].format(field.meaning) + who
    if field.kind is Kind.DAY:
        return _one(name, {"format": "date"}, meaning)
    return _several(name, list(field.values), meaning)


PARAMETERS = [
    _one("q", {}, "A number of the case or its shipment, or words"),
    _one(
        "view", {"enum": [view.value for view in View], "default": "all"}, "A view of the desk; agents only"
    ),
    _one("keyword", {}, "Words in subject and description alone; agents only"),
    _one("saved", {}, "The id of a saved view, then without other filters; agents only"),
    _one("sort", {"enum": list(ORDERS)}, "The order; agents only"),
    *(_of_field(field, operator) for field in FIELDS for operator in field.operators),
]
NAMES = tuple(str(parameter["name"]) for parameter in PARAMETERS)


@listing.get(
    "/cases",
    scope=Scope.CASES_READ,
    answer=ListOf[AgentCaseRow] | ListOf[CustomerCaseRow],
    query=(*NAMES, *PAGED),
    openapi={"parameters": PARAMETERS},
)
def list_cases(request: ApiRequest, limit: Limit = 50, cursor: Cursor = None) -> HttpResponse:
    """List the cases that you see.

    At a desk: your side of each, filtered as in the desk's lists; all of them unless a view is
    named. In a portal: your own cases, as administrator your account's, the latest first.
    """
    query = {name: values for name, values in request.GET.lists() if name not in PAGED}
    if empty := [name for name, values in query.items() if name != "q" and "" in values]:
        raise Invalid({name: _("Give a value, or leave it out.") for name in empty})
    if request.viewer.is_agent:
        return _agents_list(request, _wanted(request, query), limit, cursor)
    return _customers_list(request, CustomerFilter.from_query(query), limit, cursor)


def _wanted(request: ApiRequest, query: dict[str, list[str]]) -> CaseFilter:
    """The filter of the parameters, or of the saved view that they name."""
    if "saved" not in query:
        return CaseFilter.from_query(query, view=View.ALL)
    if len(query) > 1:
        raise Invalid({"saved": _("A saved view has its own filters: leave the others out.")})
    return filter_of(saved_view_visible_to(request.viewer, id_of(query["saved"][-1]) or 0))


def _agents_list(request: ApiRequest, wanted: CaseFilter, limit: int, cursor: str | None) -> HttpResponse:
    """The page is found on narrow rows first, then filled, as on the desk."""
    narrow = wanted.narrow_sides(request.viewer)
    bound_to = wanted.whole
    page = page_for(request, narrow, wanted.order, limit=limit, cursor=cursor, bound_to=bound_to)
    mine = agents_view.joined(Side.objects.visible_to(request.viewer).defer("description"))
    full = mine.in_bulk([side.pk for side in page.items])
    sides = [full[side.pk] for side in page.items if side.pk in full]
    return answer(ListOf[AgentCaseRow](items=agents_view.rows(sides, request.viewer), next=page.next))


def _customers_list(
    request: ApiRequest, wanted: CustomerFilter, limit: int, cursor: str | None
) -> HttpResponse:
    cases = customers_view.joined(wanted.cases(request.viewer))
    order = NEWEST_FOR_CUSTOMER
    page = page_for(request, cases, order, limit=limit, cursor=cursor, bound_to=repr(wanted))
    rows: list[Case] = list(page.items)
    return answer(ListOf[CustomerCaseRow](items=customers_view.rows(rows, request.viewer), next=page.next))
