"""`/partnerships`: whom your organisation may share cases with, and at which addresses."""

from django.http import HttpResponse

from caseway.accounts.changing import demand
from caseway.accounts.models import PartnerInvitation, Partnership
from caseway.accounts.permissions import Permission
from caseway.api.cases.schemas import OrganisationOut
from caseway.api.http.answers import ListOf, answer
from caseway.api.http.ids import id_of
from caseway.api.http.operations import Operations
from caseway.api.http.requests import ApiRequest
from caseway.api.http.versions import etag_of
from caseway.api.people.versions import answer_of, demand_version
from caseway.api.tokens.scopes import Scope
from caseway.core.errors import Invalid
from caseway.mail.partnerships import actions, inviting
from caseway.mail.partnerships.queries import partnership_of, partnerships_of, state_of, version_of

from .partnership_schemas import (
    InvitePartner,
    NewPartnership,
    PartnerInvitationOut,
    PartnershipChanges,
    PartnershipOut,
)

partnerships = Operations("Settings")
DEEDS = {"active": actions.accept, "paused": actions.pause, "ended": actions.end}


@partnerships.get("/partnerships", scope=Scope.SETTINGS_READ, answer=ListOf[PartnershipOut])
def list_partnerships(request: ApiRequest) -> HttpResponse:
    """List your organisation's partnerships; none in a portal."""
    items = [_partnership(pair, request) for pair in partnerships_of(request.viewer)]
    return answer(ListOf[PartnershipOut](items=items, next=None))


@partnerships.get("/partnerships/{key}", scope=Scope.SETTINGS_READ, answer=PartnershipOut)
def read_partnership(request: ApiRequest, key: str) -> HttpResponse:
    """Read one of them."""
    return answer_of(request, _partnership(_visible(request, key), request))


@partnerships.post("/partnerships", scope=Scope.SETTINGS_WRITE, answer=PartnershipOut, status=201)
def create_partnership(request: ApiRequest, body: NewPartnership) -> HttpResponse:
    """Ask an organisation that is here by its code, or begin with one by e-mail by name and addresses."""
    demand(request.viewer, Permission.SETTINGS)
    if body.code:
        pair = actions.propose(body.code, by=request.viewer)
    else:
        saved = actions.start_by_mail(body.name, _whole(body.addresses), by=request.viewer)
        pair = saved.partnership
        _refuse(saved.refused, "addresses")
    value = _partnership(pair, request)
    headers = {"ETag": etag_of(value.version), "Location": f"/api/v1/partnerships/{pair.pk}"}
    return answer(value, status=201, headers=headers)


@partnerships.patch("/partnerships/{key}", scope=Scope.SETTINGS_WRITE, answer=PartnershipOut)
def change_partnership(request: ApiRequest, key: str, body: PartnershipChanges) -> HttpResponse:
    """Set the addresses that are yours to keep; accept, pause, go on or end. All of it, or nothing."""
    pair = _visible(request, key)
    demand(request.viewer, Permission.SETTINGS)
    demand_version(request, _partnership(pair, request))
    for field, addresses in (("addresses", body.addresses), ("partner_addresses", body.partner_addresses)):
        if addresses is not None:
            of_partner = field == "partner_addresses"
            saved = actions.set_addresses(
                pair, _whole(addresses), by=request.viewer, of_partner=of_partner, version=None
            )
            _refuse(saved.refused, field)
    if body.standing is not None:
        DEEDS[body.standing](pair, by=request.viewer)
    return answer_of(request, _partnership(_visible(request, key), request))


@partnerships.post(
    "/partnerships/{key}/invitations", scope=Scope.SETTINGS_WRITE, answer=PartnerInvitationOut, status=201
)
def invite_partner(request: ApiRequest, key: str, body: InvitePartner) -> HttpResponse:
    """Invite somebody at a partner by e-mail to a desk of their own; the link is in the mail alone."""
    invited = inviting.invite(_visible(request, key), name=body.name, email=body.email, by=request.viewer)
    return answer(_invitation(invited), status=201)


def _visible(request: ApiRequest, key: str) -> Partnership:
    return partnership_of(request.viewer, id_of(key) or 0)


def _whole(addresses: list[str]) -> list[str]:
    """The addresses, none of them empty."""
    return [address for address in addresses if address.strip()]


def _refuse(refused: dict[str, str], field: str) -> None:
    """Raise Invalid at the field where an address was refused: a program's call is taken whole or not."""
    if refused:
        raise Invalid({field: " ".join(refused.values())})


def _partnership(pair: Partnership, request: ApiRequest) -> PartnershipOut:
    viewer = request.viewer
    partner = pair.partner_of(viewer.us)
    state = state_of(pair, viewer)
    return PartnershipOut(
        id=str(pair.pk),
        shipper=OrganisationOut(slug=pair.shipper.slug, name=pair.shipper.name),
        carrier=OrganisationOut(slug=pair.carrier.slug, name=pair.carrier.name),
        partner=partner.slug,
        partner_signs_in=partner.signs_in,
        addresses=state["addresses"],
        partner_addresses=state["partner_addresses"],
        partner_address_count=len(pair.addresses_of(partner.pk)),
        standing=pair.standing,
        active=pair.is_active,
        version=version_of(pair, viewer),
    )


def _invitation(invited: PartnerInvitation) -> PartnerInvitationOut:
    return PartnerInvitationOut(
        id=str(invited.pk),
        name=invited.name,
        email=invited.email,
        sent_at=invited.sent_at,
        expires_at=invited.expires_at,
    )
