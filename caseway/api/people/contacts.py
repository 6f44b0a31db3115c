"""`/contacts`: the people of customer accounts, and who of them comes in."""

from typing import Annotated

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Query

from caseway.api.http.answers import ListOf, answer
from caseway.api.http.ids import id_of
from caseway.api.http.lists import PAGED, Cursor, Limit, page_for
from caseway.api.http.operations import Operations
from caseway.api.http.requests import ApiRequest
from caseway.api.tokens.scopes import Scope
from caseway.core.errors import Conflict, Invalid, NotFound
from caseway.core.paging import Order
from caseway.core.text import normal_address
from caseway.customers.colleagues import actions
from caseway.customers.models import Contact, CustomerAccount

from .accounts import customer_of
from .schemas import ContactChanges, ContactWithCustomer
from .versions import answer_of, demand_version, version_of

contacts = Operations("People and organisations")
BY_NAME = Order("name", descending=False)
Words = Annotated[str, Query(max_length=200)]


@contacts.get(
    "/contacts",
    scope=Scope.PEOPLE_READ,
    answer=ListOf[ContactWithCustomer],
    query=("email", "customer", *PAGED),
)
def list_contacts(
    request: ApiRequest, email: Words = "", customer: Words = "", limit: Limit = 50, cursor: Cursor = None
) -> HttpResponse:
    """List contacts by name. In a portal: yourself, as administrator those of your account."""
    rows = Contact.objects.visible_to(request.viewer).select_related("account")
    if email:
        rows = rows.filter(email=normal_address(email))
    if customer:
        rows = rows.filter(account=id_of(customer) or 0)
    page = page_for(request, rows, BY_NAME, limit=limit, cursor=cursor, bound_to=f"{email} {customer}")
    items = [_contact(request, one) for one in page.items]
    return answer(ListOf[ContactWithCustomer](items=items, next=page.next))


@contacts.get("/contacts/{key}", scope=Scope.PEOPLE_READ, answer=ContactWithCustomer)
def read_contact(request: ApiRequest, key: str) -> HttpResponse:
    """Read a contact."""
    return answer_of(request, _contact(request, _visible(request, key)))


@contacts.patch("/contacts/{key}", scope=Scope.PEOPLE_WRITE, answer=ContactWithCustomer)
def change_contact(request: ApiRequest, key: str, body: ContactChanges) -> HttpResponse:
    """Change whether a contact comes in, and whether they administer their account.

    Agents who may manage customers, and administrators of the account. Who comes in no more
    administers nothing.
    """
    found = _held(request, key)
    demand_version(request, _contact(request, found))
    if body.active is False and body.administers_account:
        raise Invalid({"administers_account": _("Somebody who comes in no more administers nothing.")})
    if body.active is not None:
        switch = actions.switch_on if body.active else actions.switch_off
        found = switch(found, by=request.viewer)
    if body.administers_account is not None:
        make = actions.make_administrator if body.administers_account else actions.unmake_administrator
        found = make(found, by=request.viewer)
    return answer_of(request, _contact(request, found))


def _visible(request: ApiRequest, key: str) -> Contact:
    seen = Contact.objects.visible_to(request.viewer).select_related("account", "organisation", "person")
    found = seen.filter(pk=id_of(key) or 0).first()
    if found is None:
        raise NotFound
    return found


def _held(request: ApiRequest, key: str) -> Contact:
    """The contact, whose account is locked first, as the actions do it. Raises Conflict without one."""
    found = _visible(request, key)
    if found.account_id is None:
        raise Conflict(_("This contact belongs to no customer account."))
    CustomerAccount.objects.select_for_update(no_key=True).get(pk=found.account_id)
    return _visible(request, key)


def _contact(request: ApiRequest, found: Contact) -> ContactWithCustomer:
    return ContactWithCustomer(
        id=str(found.pk),
        name=found.name,
        email=found.email,
        phone=found.phone,
        administers_account=found.administers_account,
        active=found.is_active,
        customer=customer_of(request, found.account) if found.account else None,
        version=version_of(found.administers_account, found.is_active),
    )
