"""Reading one's notices."""

from caseway.accounts.viewer import Viewer
from caseway.core.errors import NotFound
from caseway.core.paging import Order, Page, page_of
from caseway.notifications.models import Notice
from caseway.notifications.models.notice import NoticeQuerySet

BY_TIME = Order("told_at")
MOST_ON_A_PAGE = 40
MOST_COUNTED = 1_000


def unread_of(viewer: Viewer) -> NoticeQuerySet:
    """What the viewer has not read yet, of what they may know."""
    return Notice.objects.visible_to(viewer).filter(shown=True).unread()


def unread_count(viewer: Viewer) -> int:
    """How many those are, counted to `MOST_COUNTED` and no further."""
    return unread_of(viewer).order_by()[:MOST_COUNTED].count()


def rows_of(viewer: Viewer, *, unread_only: bool) -> NoticeQuerySet:
    """What the viewer is shown, each with `is_unread`, and joined with what `told` needs of it."""
    rows = unread_of(viewer) if unread_only else Notice.objects.visible_to(viewer).filter(shown=True)
    return rows.with_unread().select_related("event__case__host", "case")


def notices_of(viewer: Viewer, *, unread_only: bool, cursor: str | None) -> Page[Notice]:
    """One page, newest first. Raises Invalid at `cursor`."""
    rows = rows_of(viewer, unread_only=unread_only)
    bound_to = f"notices:{viewer.organisation_id}:{viewer.person_id}:{unread_only}"
    return page_of(rows, BY_TIME, limit=MOST_ON_A_PAGE, cursor=cursor, bound_to=bound_to)


def notice_visible_to(viewer: Viewer, key: int) -> Notice:
    """The one with this id. Raises NotFound for another's, and for what they may not know any more."""
    found = rows_of(viewer, unread_only=False).filter(pk=key).first()
    if found is None:
        raise NotFound
    return found
