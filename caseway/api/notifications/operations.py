"""`/notifications`: what you were told of at the desk, and what of it you have read."""

from typing import Annotated, Literal

from django.http import HttpResponse
from ninja import Query

from caseway.api.http.answers import answer
from caseway.api.http.ids import id_of
from caseway.api.http.lists import PAGED, Cursor, Limit, page_for
from caseway.api.http.operations import Operations
from caseway.api.http.requests import ApiRequest
from caseway.api.tokens.scopes import Scope
from caseway.core.clock import now
from caseway.core.errors import NotFound
from caseway.notifications.models import Notice
from caseway.notifications.noticing import actions
from caseway.notifications.noticing.queries import BY_TIME, notice_visible_to, rows_of, unread_count
from caseway.notifications.noticing.said import told

from .schemas import NotificationOut, NotificationPage, ReadingIn, ReadingOut, shown

notices = Operations("Notifications")
READ, WRITE = Scope.CASES_READ, Scope.CASES_WRITE
Show = Annotated[Literal["all", "unread"], Query(description="`unread`: what you have not read alone")]


@notices.get("/notifications", scope=READ, answer=NotificationPage, query=("show", *PAGED))
def list_notifications(
    request: ApiRequest, show: Show = "all", limit: Limit = 50, cursor: Cursor = None
) -> HttpResponse:
    """List what you were told of at the desk, the latest first, with how many are unread.

    What you may not know any more is left out. In a portal there are none.
    """
    viewer = request.viewer
    rows = rows_of(viewer, unread_only=show == "unread")
    page = page_for(request, rows, BY_TIME, limit=limit, cursor=cursor, bound_to=show)
    items = [shown(one) for one in told(page.items, viewer)]
    return answer(NotificationPage(items=items, next=page.next, unread=unread_count(viewer)))


@notices.post("/notifications/reading", scope=WRITE, answer=ReadingOut)
def mark_notifications(request: ApiRequest, body: ReadingIn) -> HttpResponse:
    """Mark all as read that came until a moment; what came later stays unread."""
    if not request.viewer.is_agent:
        raise NotFound
    count = actions.read_all(by=request.viewer, until=body.until or now())
    return answer(ReadingOut(read=count, unread=unread_count(request.viewer)))


@notices.get("/notifications/{key}", scope=READ, answer=NotificationOut)
def read_notification(request: ApiRequest, key: str) -> HttpResponse:
    """Read one. It stays unread until it is marked, or its case is opened at the desk."""
    return _answer(request, _visible(request, key))


@notices.post("/notifications/{key}/reading", scope=WRITE, answer=NotificationOut)
def mark_notification(request: ApiRequest, key: str) -> HttpResponse:
    """Mark one as read."""
    actions.read(_visible(request, key), by=request.viewer)
    return _answer(request, _visible(request, key))


def _visible(request: ApiRequest, key: str) -> Notice:
    return notice_visible_to(request.viewer, id_of(key) or 0)


def _answer(request: ApiRequest, notice: Notice) -> HttpResponse:
    found = told([notice], request.viewer)
    if not found:  # the case was withdrawn from them at this moment
        raise NotFound
    return answer(shown(found[0]))
