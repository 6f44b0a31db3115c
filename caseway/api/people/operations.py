"""`/me`, `/customers`, `/contacts`, `/teams`, `/organisations`, `/partnerships`."""

from typing import Annotated

from django.db.models import Q
from django.http import HttpResponse
from ninja import Query

from caseway.accounts.models import Organisation, Partnership, Team
from caseway.api.cases import people
from caseway.api.cases.schemas import CustomerOut, Named, OrganisationOut
from caseway.api.http.answers import ListOf, answer
from caseway.api.http.ids import id_of
from caseway.api.http.lists import PAGED, Cursor, Limit, page_for
from caseway.api.http.operations import EVERY_TOKEN, Operations
from caseway.api.http.requests import ApiRequest
from caseway.api.tokens.scopes import Scope
from caseway.cases.partnering.queries import partners_for
from caseway.core.errors import NotFound
from caseway.core.paging import Order
from caseway.core.text import normal_address
from caseway.customers.models import Contact, CustomerAccount

from .schemas import ContactWithCustomer, Me, OrganisationWithKind, PartnershipOut

directory = Operations("People and organisations")
BY_NAME = Order("name", descending=False)
READ = Scope.PEOPLE_READ
Words = Annotated[str, Query(max_length=200)]


@directory.get("/me", scope=EVERY_TOKEN, answer=Me)
def read_me(request: ApiRequest) -> HttpResponse:
    """Read whose token this is, and what it may do."""
    viewer = request.viewer
    teams = Team.objects.filter(organisation=viewer.organisation_id, pk__in=viewer.team_ids)
    return answer(
        Me(
            person=people.person(viewer.person, with_address=True),
            seat="desk" if viewer.is_agent else "portal",
            organisation=people.organisation(viewer.organisation) if viewer.organisation else None,
            contact=str(viewer.contact_id) if viewer.contact_id else None,
            administers_account=viewer.administers_account,
            permissions=sorted(viewer.permissions),
            teams=[Named(id=str(team.pk), name=team.name) for team in teams],
            scopes=sorted(viewer.scopes),
        )
    )


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
    items = [_customer(request, account) for account in page.items]
    return answer(ListOf[CustomerOut](items=items, next=page.next))


@directory.get("/customers/{key}", scope=READ, answer=CustomerOut)
def read_customer(request: ApiRequest, key: str) -> HttpResponse:
    """Read a customer account."""
    account = CustomerAccount.objects.visible_to(request.viewer).filter(pk=id_of(key) or 0).first()
    if account is None:
        raise NotFound
    return answer(_customer(request, account))


def _customer(request: ApiRequest, account: CustomerAccount) -> CustomerOut:
    """The account; its segment is the organisation's own word about it, not the customer's to read."""
    segment = account.segment if request.viewer.is_agent else ""
    return CustomerOut(id=str(account.pk), name=account.name, number=account.number, segment=segment)


@directory.get(
    "/contacts", scope=READ, answer=ListOf[ContactWithCustomer], query=("email", "customer", *PAGED)
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


@directory.get("/contacts/{key}", scope=READ, answer=ContactWithCustomer)
def read_contact(request: ApiRequest, key: str) -> HttpResponse:
    """Read a contact."""
    seen = Contact.objects.visible_to(request.viewer).select_related("account")
    found = seen.filter(pk=id_of(key) or 0).first()
    if found is None:
        raise NotFound
    return answer(_contact(request, found))


def _contact(request: ApiRequest, found: Contact) -> ContactWithCustomer:
    return ContactWithCustomer(
        id=str(found.pk),
        name=found.name,
        email=found.email,
        phone=found.phone,
        administers_account=found.administers_account,
        customer=_customer(request, found.account) if found.account else None,
    )


@directory.get("/teams", scope=READ, answer=ListOf[Named])
def list_teams(request: ApiRequest) -> HttpResponse:
    """List the teams of your organisation; none in a portal."""
    ours = Team.objects.filter(organisation=request.viewer.organisation_id)
    teams = ours if request.viewer.is_agent else ours.none()
    items = [Named(id=str(team.pk), name=team.name) for team in teams]
    return answer(ListOf[Named](items=items, next=None))


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


@directory.get("/partnerships", scope=Scope.SETTINGS_READ, answer=ListOf[PartnershipOut])
def list_partnerships(request: ApiRequest) -> HttpResponse:
    """List your organisation's partnerships; none in a portal."""
    viewer, us = request.viewer, request.viewer.organisation_id or 0
    pairs = Partnership.objects.filter(Q(shipper=us) | Q(carrier=us)).select_related("shipper", "carrier")
    found = pairs.order_by("pk") if viewer.is_agent else pairs.none()
    items = [_partnership(pair, us) for pair in found]
    return answer(ListOf[PartnershipOut](items=items, next=None))


def _partnership(pair: Partnership, us: int) -> PartnershipOut:
    partner = pair.partner_of(us)
    return PartnershipOut(
        id=str(pair.pk),
        shipper=OrganisationOut(slug=pair.shipper.slug, name=pair.shipper.name),
        carrier=OrganisationOut(slug=pair.carrier.slug, name=pair.carrier.name),
        partner=partner.slug,
        addresses=pair.addresses_of(us),
        partner_addresses=pair.addresses_of(partner.pk),
        active=pair.is_active,
    )
