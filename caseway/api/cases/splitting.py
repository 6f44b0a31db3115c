"""Splitting messages into a case of their own, and taking it back."""

from django.http import HttpResponse

from caseway.api.http.operations import Operations
from caseway.api.http.requests import ApiRequest
from caseway.api.tokens.scopes import Scope
from caseway.cases.models import Message
from caseway.cases.splitting import actions as splitting
from caseway.core.errors import NotFound

from .answering import case_answer
from .inputs import SplitIn
from .loading import own_side, visible_case
from .schemas import AnyCase

splits = Operations("Splitting")


@splits.post("/cases/{number}/messages/{message}/split", scope=Scope.CASES_WRITE, answer=AnyCase, status=201)
def split_message(request: ApiRequest, number: str, message: str, body: SplitIn) -> HttpResponse:
    """Make a case of a message to or from the customer or the partner; the answer is the new case.

    The message stays where it is and is read on both cases, by those who could read it before.
    """
    case = visible_case(request, number)
    own_side(request, case)
    seen = Message.objects.visible_to(request.viewer)
    if not message.isdecimal() or not seen.filter(pk=message).exists():
        raise NotFound
    made = splitting.split(
        case,
        by=request.viewer,
        messages=[message, *body.messages],
        new=splitting.NewFromSplit(
            subject=body.subject,
            type=body.type,
            shipment=body.shipment,
            with_customer=body.customer,
            owned=body.claim,
        ),
    )
    return case_answer(request, made, status=201)


@splits.delete("/cases/{number}/split", scope=Scope.CASES_WRITE, answer=AnyCase)
def unsplit_case(request: ApiRequest, number: str) -> HttpResponse:
    """Take back the split that made this case, while nothing more was said on it; the answer is the case
    that its messages are from."""
    case = visible_case(request, number)
    own_side(request, case)
    return case_answer(request, splitting.take_back(case, by=request.viewer))
