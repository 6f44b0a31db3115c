"""Going on with a bulk operation, for as long as its turn lasts."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from django.db import transaction
from django.utils import timezone, translation

from caseway.accounts.reader import activate_reader
from caseway.accounts.viewer import Viewer
from caseway.cases.models import Bulk, BulkCase
from caseway.core.clock import now
from caseway.core.errors import Invalid
from caseway.customers.viewers import desk_viewer_of

from .choosing import MOST, filtered
from .one import TAKEN, do_next

TURN_SECONDS = 5.0
"""How long a job works before it stands at the end of the queue again, so that two bulk operations
and everything else get on beside each other."""
AT_ONCE = 1000

State = Bulk.State
ENDS = {State.RUNNING: State.DONE, State.UNDOING: State.UNDONE}


def go_on(key: int, *, seconds: float = TURN_SECONDS, stopping: Callable[[], bool] = lambda: False) -> bool:
    """Do the next cases of a bulk operation; True while some are left for another turn.

    Its person's seat and sight are asked for again each time: who lost them meanwhile does no more.
    """
    bulk = Bulk.objects.select_related("by", "organisation").filter(pk=key).first()
    if bulk is None or not bulk.is_at_work:
        return False
    viewer = _viewer_of(bulk)
    with _read_by(viewer):
        if bulk.state == State.WAITING:
            _gather(bulk, viewer)
        return _take_turn(bulk, viewer, seconds, stopping)


def _take_turn(bulk: Bulk, viewer: Viewer, seconds: float, stopping: Callable[[], bool]) -> bool:
    ends = monotonic() + seconds
    while monotonic() < ends and not stopping() and do_next(bulk, viewer):
        continue
    return not _ended(bulk)


def _viewer_of(bulk: Bulk) -> Viewer:
    """The person at the desk where they asked, or nobody where they have no seat there any more."""
    viewer = desk_viewer_of(bulk.by, bulk.organisation_id) if bulk.by.is_active else Viewer()
    return viewer if viewer.organisation_id == bulk.organisation_id else Viewer()


@contextmanager
def _read_by(viewer: Viewer) -> Iterator[None]:
    """The words of this turn are for its person: in their language and time zone."""
    with translation.override(translation.get_language()), timezone.override(timezone.get_current_timezone()):
        activate_reader(viewer)
        yield


@transaction.atomic
def _gather(bulk: Bulk, viewer: Viewer) -> None:
    """Make a row of each case that the filter finds now, once."""
    mine = Bulk.objects.select_for_update().filter(pk=bulk.pk, state=State.WAITING).first()
    if mine is not None:
        ids = _found_by(bulk, viewer)
        rows = (BulkCase(bulk=bulk, case_id=case_id) for case_id in ids)
        BulkCase.objects.bulk_create(rows, batch_size=AT_ONCE)
        Bulk.objects.filter(pk=bulk.pk).update(state=State.RUNNING)
    bulk.refresh_from_db(fields=["state"])


def _found_by(bulk: Bulk, viewer: Viewer) -> list[int]:
    try:
        chosen = filtered(bulk.filter, bulk.as_of)
    except Invalid:  # the language of filters changed under it
        return []
    return list(chosen.sides(viewer).order_by("case_id").values_list("case_id", flat=True)[:MOST])


def _ended(bulk: Bulk) -> bool:
    """Whether the operation is over; said by whoever did the last row, while no other is at one."""
    state = State(bulk.state)
    if BulkCase.objects.filter(bulk=bulk, state=TAKEN[state], bulk__state=state).exists():
        return False
    Bulk.objects.filter(pk=bulk.pk, state=state).update(state=ENDS[state], finished_at=now())
    return True
