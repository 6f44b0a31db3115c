"""Reading one's notices."""

from django.db.models import Exists, OuterRef, QuerySet

from caseway.accounts.viewer import Viewer
from caseway.core.errors import NotFound
from caseway.core.paging import Order, Page, page_of
from caseway.notifications.models import Notice

BY_TIME = Order("told_at")
MOST_ON_A_PAGE = 40


def unread_of(viewer: Viewer) -> QuerySet[Notice]:
    """What the viewer has not read yet, of what they may know."""
    return Notice.objects.visible_to(viewer).filter(shown=True).unread()


def notices_of(viewer: Viewer, *, unread_only: bool, cursor: str | None) -> Page[Notice]:
    """One page, newest first, each with `is_unread`. Raises Invalid at `cursor`."""
    rows = unread_of(viewer) if unread_only else Notice.objects.visible_to(viewer).filter(shown=True)
    unread = Exists(Notice.objects.unread().filter(pk=OuterRef("pk")))
    joined = rows.annotate(is_unread=unread).select_related("event__case__host", "case")
    bound_to = f"notices:{viewer.organisation_id}:{viewer.person_id}:{unread_only}"
    return page_of(joined, BY_TIME, limit=MOST_ON_A_PAGE, cursor=cursor, bound_to=bound_to)


def notice_visible_to(viewer: Viewer, key: int) -> Notice:
    """The one with this id. Raises NotFound for another's, and for what they may not know any more."""
    found = Notice.objects.visible_to(viewer).filter(shown=True, pk=key).select_related("case").first()
    if found is None:
        raise NotFound
    return found
