"""What happened to a case."""

from datetime import datetime

from django.http import HttpResponse
from pydantic import Field

from caseway.api.http.answers import ListOf, Out, answer
from caseway.api.http.lists import PAGED, Cursor, Limit, page_for
from caseway.api.http.operations import Operations
from caseway.api.http.requests import ApiRequest
from caseway.api.tokens.scopes import Scope
from caseway.cases.family import family_of
from caseway.cases.history.queries import Line, lines_of
from caseway.cases.models import CaseEvent
from caseway.core.paging import Order

from .loading import visible_case

history = Operations("History")
OLDEST_FIRST = Order("happened_at", descending=False)


class EventOut(Out):
    """One event, as its reader may know it."""

    id: str
    case: str = Field(description="The case to which it happened: this one, or one merged into it")
    kind: str
    sentence: str = Field(description="What happened, in the reader's language")
    reason: str
    note: str
    until: datetime | None
    at: datetime


@history.get("/cases/{number}/events", scope=Scope.CASES_READ, answer=ListOf[EventOut], query=PAGED)
def list_events(request: ApiRequest, number: str, limit: Limit = 50, cursor: Cursor = None) -> HttpResponse:
    """List what happened to a case, oldest first, as far as you may know."""
    case = visible_case(request, number)
    rows = (
        CaseEvent.objects.visible_to(request.viewer).filter(case__in=family_of(case)).select_related("case")
    )
    page = page_for(request, rows, OLDEST_FIRST, limit=limit, cursor=cursor, bound_to="events")
    items = [_event(line) for line in lines_of(page.items, request.viewer)]
    return answer(ListOf[EventOut](items=items, next=page.next))


def _event(line: Line) -> EventOut:
    return EventOut(
        id=str(line.event.pk),
        case=line.event.case.number,
        kind=line.event.kind,
        sentence=line.sentence,
        reason=line.reason,
        note=line.note,
        until=line.until,
        at=line.at,
    )
