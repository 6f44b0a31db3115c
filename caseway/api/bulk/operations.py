"""`/bulk`: one operation on many cases, done by a worker."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from caseway.accounts.viewer import Viewer
from caseway.api.http.answers import ListOf, answer
from caseway.api.http.ids import id_of
from caseway.api.http.lists import PAGED, Cursor, Limit, page_for
from caseway.api.http.operations import Operations
from caseway.api.http.requests import ApiRequest
from caseway.api.tokens.scopes import Scope
from caseway.cases.bulk import actions
from caseway.cases.bulk.choosing import Choice, filtered, ticked
from caseway.cases.bulk.queries import bulks_of, rows_seen
from caseway.cases.bulk.showing import Shown
from caseway.cases.models import Bulk, BulkCase
from caseway.core.clock import now
from caseway.core.errors import NotAllowed, NotFound
from caseway.core.paging import Order

from .schemas import BulkCaseOut, BulkOut, NewBulk

bulk = Operations("Bulk operations")
WRITE = Scope.CASES_WRITE
LATEST = Order("id")
BY_CASE = Order("case_id", descending=False)


@bulk.post("/bulk", scope=WRITE, answer=BulkOut, status=202)
def begin_bulk(request: ApiRequest, body: NewBulk) -> HttpResponse:
    """Do one thing to many cases; a worker begins with it at once.

    Each case goes through what the single operation demands; those that refuse are told with
    their reason. A filter means the cases that it finds when the worker begins, as far as they
    were there when you asked.
    """
    if not request.viewer.is_agent:
        raise NotAllowed(_("Only agents can do this."))
    begun = actions.start(body.operation, _choice(body), body.told(), by=request.viewer)
    return answer(_shown(begun, request.viewer), status=202, headers={"Location": f"/api/v1/bulk/{begun.pk}"})


def _choice(body: NewBulk) -> Choice:
    return ticked(body.numbers) if body.numbers is not None else filtered(body.filter or "", now())


@bulk.get("/bulk", scope=Scope.CASES_READ, answer=ListOf[BulkOut], query=PAGED)
def list_bulks(request: ApiRequest, limit: Limit = 50, cursor: Cursor = None) -> HttpResponse:
    """List what you have asked for, the latest first."""
    rows = bulks_of(request.viewer)
    page = page_for(request, rows, LATEST, limit=limit, cursor=cursor, bound_to="bulk")
    items = [_shown(one, request.viewer) for one in page.items]
    return answer(ListOf[BulkOut](items=items, next=page.next))


@bulk.get("/bulk/{key}", scope=Scope.CASES_READ, answer=BulkOut)
def get_bulk(request: ApiRequest, key: str) -> HttpResponse:
    """Say how far it is, and what became of its cases."""
    return answer(_shown(_own(request, key), request.viewer))


@bulk.get("/bulk/{key}/cases", scope=Scope.CASES_READ, answer=ListOf[BulkCaseOut], query=("state", *PAGED))
def list_bulk_cases(
    request: ApiRequest, key: str, state: str = "", limit: Limit = 50, cursor: Cursor = None
) -> HttpResponse:
    """List its cases that you still see, with what became of each; those in one `state` by choice."""
    rows = rows_seen(_own(request, key), request.viewer)
    if state:
        rows = rows.filter(state=state)
    page = page_for(request, rows, BY_CASE, limit=limit, cursor=cursor, bound_to=f"bulk:{key}:{state}")
    return answer(ListOf[BulkCaseOut](items=[_case(row) for row in page.items], next=page.next))


@bulk.post("/bulk/{key}/cancellation", scope=WRITE, answer=BulkOut)
def cancel_bulk(request: ApiRequest, key: str) -> HttpResponse:
    """Stop it where it is; what is done stays done."""
    return answer(_shown(actions.cancel(_own(request, key), by=request.viewer), request.viewer))


@bulk.post("/bulk/{key}/retry", scope=WRITE, answer=BulkOut)
def retry_bulk(request: ApiRequest, key: str) -> HttpResponse:
    """Try again the cases that could not be done, and go on with those that a stop left out."""
    return answer(_shown(actions.retry(_own(request, key), by=request.viewer), request.viewer))


@bulk.post("/bulk/{key}/undo", scope=WRITE, answer=BulkOut)
def undo_bulk(request: ApiRequest, key: str) -> HttpResponse:
    """Set every case back that nobody changed since, until a day after its end."""
    return answer(_shown(actions.undo(_own(request, key), by=request.viewer), request.viewer))


def _own(request: ApiRequest, key: str) -> Bulk:
    found = bulks_of(request.viewer).filter(pk=id_of(key) or 0).first()
    if found is None:
        raise NotFound
    return found


def _shown(one: Bulk, viewer: Viewer) -> BulkOut:
    shown = Shown(one, viewer)
    counts = {state.value: shown.progress.of(state) for state in BulkCase.State}
    return BulkOut(
        id=str(one.pk),
        operation=one.operation,
        state=one.state,
        asked_at=one.asked_at,
        finished_at=one.finished_at,
        total=shown.progress.total,
        undoable=shown.may_undo,
        **counts,
    )


def _case(row: BulkCase) -> BulkCaseOut:
    return BulkCaseOut(number=row.case.number, state=row.state, why=row.why)
