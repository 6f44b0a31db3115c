"""Reading notices, one or all of them, and throwing away old ones."""

from datetime import datetime, timedelta

from caseway.accounts.viewer import Viewer
from caseway.core.clock import now
from caseway.core.transactions import action
from caseway.notifications.models import Notice

from .telling import announce

KEPT = timedelta(days=90)


@action
def read(notice: Notice, *, by: Viewer) -> None:
    """The viewer has opened it; their other windows count anew."""
    mine = Notice.objects.filter(pk=notice.pk, person=by.me, organisation=by.us, read_at=None)
    if mine.update(read_at=now()):
        announce({by.me})


@action
def read_all(*, by: Viewer, until: datetime) -> int:
    """Mark read what there was at `until`, when the page was made; returns how many."""
    mine = Notice.objects.filter(person=by.me, organisation=by.us, read_at=None, told_at__lte=until)
    count = mine.update(read_at=now())
    if count:
        announce({by.me})
    return count


def settle_seen() -> int:
    """Mark read what was seen by opening its case; returns how many. Called by a periodic job.

    It says nothing new, and keeps the index of what is unread as short as that is.
    """
    unread = Notice.objects.unread().values("pk")
    return Notice.objects.filter(read_at=None).exclude(pk__in=unread).update(read_at=now())


def forget_old() -> int:
    """Delete notices of long ago; returns how many. Called by a periodic job."""
    return Notice.objects.filter(told_at__lt=now() - KEPT).delete()[0]
