"""`/customers`, `/organisations`."""

from typing import Annotated

from django.http import HttpResponse
from ninja import Query

from caseway.accounts.models import Organisation
from caseway.api.cases.schemas import CustomerOut
from caseway.api.http.answers import ListOf, answer
from caseway.api.http.lists import PAGED, Cursor, Limit, page_for
from caseway.api.http.operations import Operations
from caseway.api.http.requests import ApiRequest
from caseway.api.tokens.scopes import Scope
from caseway.cases.partnering.queries import partners_for
from caseway.core.paging import Order
from caseway.customers.models import CustomerAccount

from .account_page import CustomerPage, Reading
from .accounts import account_for, customer_of
from .schemas import OrganisationWithKind

directory = Operations("People and organisations")
BY_NAME = Order("name", descending=False)
READ = Scope.PEOPLE_READ
Words = Annotated[str, Query(max_length=200)]


@directory.get("/customers", scope=READ, answer=ListOf[CustomerOut], query=("number", "q", *PAGED))
def list_customers(
    request: ApiRequest, number: Words = "", q: Words = "", limit: Limit = 50, cursor: Cursor = None
) -> HttpResponse:
    """List customer accounts by name; `q` is how the name begins. In a portal: your own."""
    rows = CustomerAccount.objects.visible_to(request.viewer)
    if number:
        rows = rows.filter(number=number)
    if q:
        rows = rows.filter(name__istartswith=q)
    page = page_for(request, rows, BY_NAME, limit=limit, cursor=cursor, bound_to=f"{number} {q}")
    items = [customer_of(request, account) for account in page.items]
    return answer(ListOf[CustomerOut](items=items, next=page.next))


@directory.get("/customers/{key}", scope=READ, answer=CustomerPage)
def read_customer(request: ApiRequest, key: str) -> HttpResponse:
    """Read a customer account with its latest open cases and its people, as far as you see them."""
    return answer(Reading(request, account_for(request, key)).page())


@directory.get("/organisations", scope=READ, answer=ListOf[OrganisationWithKind])
def list_organisations(request: ApiRequest) -> HttpResponse:
    """List your own organisation and its partners; in a portal the one that serves you."""
    viewer = request.viewer
    own = [viewer.organisation] if viewer.organisation else []
    partners = partners_for(viewer) if viewer.is_agent else []
    items = [
        OrganisationWithKind(slug=one.slug, name=one.name, kind=Organisation.Kind(one.kind), own=one in own)
        for one in [*own, *partners]
    ]
    return answer(ListOf[OrganisationWithKind](items=items, next=None))
