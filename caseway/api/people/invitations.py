"""`/customers/{key}/invitations`: letting people into a customer account."""

from django.http import HttpResponse

from caseway.api.cases import people
from caseway.api.http.answers import ListOf, answer
from caseway.api.http.ids import id_of
from caseway.api.http.lists import PAGED, Cursor, Limit, page_for
from caseway.api.http.operations import Operations
from caseway.api.http.requests import ApiRequest
from caseway.api.tokens.scopes import Scope
from caseway.core.paging import Order
from caseway.customers.colleagues.queries import invitation_to
from caseway.customers.invitations.actions import invite, invite_again, revoke
from caseway.customers.models import Invitation

from .accounts import account_for
from .schemas import InvitationOut, NewInvitationIn

invitations = Operations("People and organisations")
ALL = "/customers/{key}/invitations"
ONE = ALL + "/{invitation}"
LATEST = Order("sent_at")


@invitations.get(ALL, scope=Scope.PEOPLE_READ, answer=ListOf[InvitationOut], query=PAGED)
def list_invitations(request: ApiRequest, key: str, limit: Limit = 50, cursor: Cursor = None) -> HttpResponse:
    """List the invitations that nobody has answered yet, the latest first.

    In a portal: those of your account, as its administrator.
    """
    account = account_for(request, key)
    seen = Invitation.objects.visible_to(request.viewer).waiting().filter(account=account)
    rows = seen.select_related("invited_by")
    page = page_for(request, rows, LATEST, limit=limit, cursor=cursor, bound_to="")
    items = [_invitation(one) for one in page.items]
    return answer(ListOf[InvitationOut](items=items, next=page.next))


@invitations.post(ALL, scope=Scope.PEOPLE_WRITE, answer=InvitationOut, status=201)
def invite_contact(request: ApiRequest, key: str, body: NewInvitationIn) -> HttpResponse:
    """Mail somebody a link that lets them into a customer's portal for a week.

    Agents who may manage customers, and administrators of the account. Nobody learns whether the
    address has a sign-in already. 429 after fifty mails of one account, or three to one address,
    within an hour.
    """
    invited = invite(
        account_for(request, key),
        by=request.viewer,
        name=body.name,
        email=body.email,
        administers=body.administers_account,
    )
    return answer(_invitation(invited), status=201)


@invitations.post(ONE + "/mails", scope=Scope.PEOPLE_WRITE, answer=InvitationOut, status=201)
def invite_contact_again(request: ApiRequest, key: str, invitation: str) -> HttpResponse:
    """Mail a new link, good for another week; the one before opens nothing any more."""
    return answer(
        _invitation(invite_again(_waiting(request, key, invitation), by=request.viewer)), status=201
    )


@invitations.delete(ONE, scope=Scope.PEOPLE_WRITE, answer=None, status=204)
def revoke_invitation(request: ApiRequest, key: str, invitation: str) -> HttpResponse:
    """Take an invitation back: its link opens nothing any more. 409 where it was accepted."""
    revoke(_waiting(request, key, invitation), by=request.viewer)
    return HttpResponse(status=204)


def _waiting(request: ApiRequest, key: str, invitation: str) -> Invitation:
    return invitation_to(account_for(request, key), request.viewer, id_of(invitation) or 0)


def _invitation(one: Invitation) -> InvitationOut:
    return InvitationOut(
        id=str(one.pk),
        name=one.name,
        email=one.email,
        administers_account=one.administers_account,
        invited_by=people.person(one.invited_by, with_address=False),
        sent_at=one.sent_at,
        expires_at=one.expires_at,
        open=one.is_open,
    )
