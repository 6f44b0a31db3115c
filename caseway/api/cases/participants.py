"""`/cases/{number}/participants`: who takes part, and who of them is mailed."""

from django.http import HttpResponse

from caseway.api.http.answers import ListOf, answer
from caseway.api.http.ids import id_of
from caseway.api.http.operations import Operations
from caseway.api.http.requests import ApiRequest
from caseway.api.tokens.scopes import Scope
from caseway.cases.conversation.queries import participants_of
from caseway.cases.models import Participant
from caseway.cases.subscribing import actions
from caseway.cases.subscribing.queries import participant_of as found_on
from caseway.core.errors import NotFound

from .loading import own_side, visible_case
from .message_schemas import ParticipantOut, participant_of

participants = Operations("Conversation")
ALL = "/cases/{number}/participants"
MAILS = ALL + "/{participant}/subscription"


@participants.get(ALL, scope=Scope.CASES_READ, answer=ListOf[ParticipantOut])
def list_participants(request: ApiRequest, number: str) -> HttpResponse:
    """List who takes part in the conversations of your side, and a partner's people without a desk."""
    case = visible_case(request, number)
    own_side(request, case)
    items = [participant_of(one) for one in participants_of(case, request.viewer)]
    return answer(ListOf[ParticipantOut](items=items, next=None))


@participants.post(MAILS, scope=Scope.CASES_WRITE, answer=ParticipantOut)
def start_mails(request: ApiRequest, number: str, participant: str) -> HttpResponse:
    """Mail them again what is said from now on. 409 for an address that nobody has let in."""
    return answer(
        participant_of(actions.start_again(_found(request, number, participant), by=request.viewer))
    )


@participants.delete(MAILS, scope=Scope.CASES_WRITE, answer=ParticipantOut)
def end_mails(request: ApiRequest, number: str, participant: str) -> HttpResponse:
    """Mail them nothing more until they write again. 409 for the customer whose case it is."""
    return answer(participant_of(actions.end(_found(request, number, participant), by=request.viewer)))


def _found(request: ApiRequest, number: str, key: str) -> Participant:
    case = visible_case(request, number)
    own_side(request, case)
    found = found_on(case, request.viewer, id_of(key) or 0)
    if found is None:
        raise NotFound
    found.case = case
    return found
