"""`/cases/{number}/held` and `/deliveries`: mails that wait for a decision, and what became of ours."""

from django.http import HttpResponse

from caseway.api.http.answers import ListOf, answer
from caseway.api.http.ids import id_of
from caseway.api.http.operations import Operations
from caseway.api.http.requests import ApiRequest
from caseway.api.tokens.scopes import Scope
from caseway.cases.family import family_of
from caseway.core.errors import NotFound
from caseway.mail.incoming.held import admit, block_sender, set_aside
from caseway.mail.incoming.queries import held_on, mails_decided_by
from caseway.mail.models import RawMail
from caseway.mail.outbox.actions import send_again
from caseway.mail.outbox.queries import deliveries_on

from .loading import own_side, visible_case
from .mail_schemas import Admission, DeliveryOut, HeldMailOut, delivery_of, held_mail_of

mails = Operations("Conversation")
HELD = "/cases/{number}/held"
DELIVERIES = "/cases/{number}/deliveries"


@mails.get(HELD, scope=Scope.CASES_READ, answer=ListOf[HeldMailOut])
def list_held_mails(request: ApiRequest, number: str) -> HttpResponse:
    """List the mails that are held on a case, the first hundred: whose senders take no part in it."""
    case = visible_case(request, number)
    own_side(request, case)
    rows = held_on(case, request.viewer, family=family_of(case)).select_related("case")[:100]
    return answer(ListOf[HeldMailOut](items=[held_mail_of(mail) for mail in rows], next=None))


@mails.post(HELD + "/{mail}/admission", scope=Scope.CASES_WRITE, answer=HeldMailOut)
def admit_held_mail(
    request: ApiRequest, number: str, mail: str, body: Admission | None = None
) -> HttpResponse:
    """Put a held mail on its case and let its sender take part from now on.

    With `all_cases` it becomes a collaborator address of a partner by e-mail alone, for those who may
    change settings. 409 where somebody has decided before, and where it claims to be a colleague's.
    """
    held = _held(request, number, mail)
    given = held_mail_of(held)
    admit(held, by=request.viewer, for_all_cases=body is not None and body.all_cases)
    return answer(given)


@mails.post(HELD + "/{mail}/dismissal", scope=Scope.CASES_WRITE, answer=HeldMailOut)
def dismiss_held_mail(request: ApiRequest, number: str, mail: str) -> HttpResponse:
    """Leave a held mail off its case; it is kept. 409 where somebody has decided before."""
    held = _held(request, number, mail)
    given = held_mail_of(held)
    set_aside(held, by=request.viewer)
    return answer(given)


@mails.post(HELD + "/{mail}/blockade", scope=Scope.CASES_WRITE, answer=HeldMailOut)
def block_held_mails_sender(request: ApiRequest, number: str, mail: str) -> HttpResponse:
    """Leave a held mail off its case, and ignore its sender's mails from now on, as an administrator."""
    held = _held(request, number, mail)
    given = held_mail_of(held)
    block_sender(held, by=request.viewer)
    return answer(given)


@mails.get(DELIVERIES, scope=Scope.CASES_READ, answer=ListOf[DeliveryOut])
def list_deliveries(request: ApiRequest, number: str) -> HttpResponse:
    """List the mails that brought messages of a case to the customer or the partner, the latest 200."""
    case = visible_case(request, number)
    own_side(request, case)
    rows = deliveries_on(request.viewer, family_of(case)).order_by("-pk")[:200]
    return answer(ListOf[DeliveryOut](items=[delivery_of(mail) for mail in rows], next=None))


@mails.post(DELIVERIES + "/{delivery}/again", scope=Scope.CASES_WRITE, answer=DeliveryOut)
def send_delivery_again(request: ApiRequest, number: str, delivery: str) -> HttpResponse:
    """Send a mail once more that did not arrive. 409 where it is on its way or has arrived."""
    case = visible_case(request, number)
    own_side(request, case)
    found = deliveries_on(request.viewer, family_of(case)).filter(pk=id_of(delivery) or 0).first()
    if found is None:
        raise NotFound
    return answer(delivery_of(send_again(found, by=request.viewer)))


def _held(request: ApiRequest, number: str, key: str) -> RawMail:
    """A mail to the case, held or decided by now. Raises NotFound."""
    case = visible_case(request, number)
    own_side(request, case)
    rows = mails_decided_by(request.viewer).filter(case__in=family_of(case)).defer("content")
    found = rows.select_related("case").filter(pk=id_of(key) or 0).first()
    if found is None:
        raise NotFound
    return found
