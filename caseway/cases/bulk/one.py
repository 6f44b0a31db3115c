"""One case of a bulk operation: done or set back, in a transaction of its own.

The row of the case is claimed first: of two workers that go on with the same operation, each takes
other rows, and a row is done with in the transaction that changes its case. So every case is done
once, however often workers are killed.
"""

from uuid import uuid4

import structlog
from django.db import InterfaceError, OperationalError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from caseway.accounts.viewer import Viewer
from caseway.cases.access.locking import lock_case
from caseway.cases.history.events import CaseRated, MessagePosted, OwnerUrged, WatcherChanged
from caseway.cases.history.queries import lines_of
from caseway.cases.models import Bulk, BulkCase, Case, CaseEvent, Side
from caseway.core.errors import DomainError, NotFound
from caseway.core.transactions import action

from .deeds import DEEDS
from .restoring import before_of

log = structlog.get_logger("caseway.bulk")

State = BulkCase.State
TAKEN = {Bulk.State.RUNNING: State.WAITING, Bulk.State.UNDOING: State.DONE}
"""Which rows there is something to do for, while the operation is in this state."""
WORDS = (MessagePosted.kind, OwnerUrged.kind, WatcherChanged.kind, CaseRated.kind)
"""Events that change nothing of what a bulk operation sets: what was said meanwhile stays said."""


def do_next(bulk: Bulk, viewer: Viewer) -> bool:
    """Work on the next case of the operation; False where no row is free."""
    begun: list[int] = []
    try:
        return _do_next(bulk, viewer, begun)
    except (OperationalError, InterfaceError):
        raise  # the database is away: the job is tried again, from this case on
    except Exception:  # one case that breaks must not keep the others waiting
        reference = uuid4().hex[:8]
        log.exception("a case of a bulk operation broke", bulk=bulk.pk, reference=reference)
        return _park(bulk, begun[-1:], reference)


@action
def _do_next(bulk: Bulk, viewer: Viewer, begun: list[int]) -> bool:
    row = _free(bulk).first()
    if row is None:
        return False
    begun.append(row.pk)
    act = _set_back if row.state == State.DONE else _do
    try:
        act(row, bulk, viewer)
    except NotFound:
        _finish(row, _refused(row), _("You can't see this case any more."))
    except DomainError as refusal:
        _finish(row, _refused(row), refusal.message)
    return True


def _free(bulk: Bulk) -> QuerySet[BulkCase]:
    """The rows that nobody else works on, to be locked; none where the operation was stopped."""
    free = BulkCase.objects.select_for_update(skip_locked=True, of=("self",)).filter(bulk=bulk)
    return (
        free.filter(state=TAKEN[Bulk.State(bulk.state)], bulk__state=bulk.state)
        .select_related("case__host")
        .order_by("case_id")
    )


def _refused(row: BulkCase) -> State:
    return State.LEFT if row.state == State.DONE else State.FAILED


def _finish(row: BulkCase, state: State, why: str = "") -> None:
    row.state, row.why = state, why[:300]
    row.save(update_fields=["state", "why", "before", "event"])


def _do(row: BulkCase, bulk: Bulk, viewer: Viewer) -> None:
    side = Side.objects.visible_to(viewer).filter(case=row.case_id).first()
    if side is None:
        raise NotFound
    if bulk.operation != Bulk.Operation.MERGE:  # which locks two cases, in their own order
        side = lock_case(row.case_id).own_side(viewer)
    begun = _last_event(row.case)
    DEEDS[bulk.operation].do(row.case, viewer, bulk.arguments)
    row.before, row.event = before_of(side), _last_event(row.case)
    _finish(row, State.SAME if row.event == begun else State.DONE)


def _set_back(row: BulkCase, bulk: Bulk, viewer: Viewer) -> None:
    if bulk.operation != Bulk.Operation.MERGE:
        lock_case(row.case_id)
    later = (
        CaseEvent.objects.visible_to(viewer)
        .filter(case=row.case_id, pk__gt=row.event_id or 0)
        .exclude(kind__in=WORDS)
        .select_related("case__host")
        .order_by("pk")
        .first()
    )
    if later is not None:
        _finish(row, State.LEFT, lines_of([later], viewer)[0].sentence)
        return
    DEEDS[bulk.operation].undo(row.case, viewer, row.before)
    _finish(row, State.UNDONE)


def _last_event(case: Case) -> CaseEvent | None:
    """The last thing that happened to the case; under its lock no other comes between."""
    return CaseEvent.objects.filter(case=case).order_by("-happened_at", "-pk").first()


@action
def _park(bulk: Bulk, keys: list[int], reference: str) -> bool:
    """Put the case that broke aside, with a reference to the log."""
    row = _free(bulk).filter(pk__in=keys).first()
    if row is not None:
        words = _("Something went wrong here. Reference: %(reference)s") % {"reference": reference}
        _finish(row, _refused(row), words)
    return True
