"""Beginning a bulk operation, stopping it, trying its failures again, and taking it back.

Whoever began one does all of this; to others it is not there. The cases are done by a worker
(`running`), which demands of each what the single operation demands.
"""

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from caseway.accounts.audit import record
from caseway.accounts.viewer import Viewer
from caseway.cases.models import Bulk, BulkCase
from caseway.core.clock import now
from caseway.core.errors import Conflict, Invalid, NotFound
from caseway.core.events import Event
from caseway.core.transactions import action

from . import choosing
from .arguments import Sent
from .choosing import Choice
from .deeds import DEEDS
from .events import BulkAsked, BulkCancelled, BulkUndone
from .jobs import enqueue

UNDONE_WITHIN = timedelta(hours=24)
State, RowState = Bulk.State, BulkCase.State


@action
def start(operation: str, choice: Choice, sent: Sent, *, by: Viewer) -> Bulk:
    """Ask for an operation on many cases. `sent` is what the operation is told, by field.

    Raises Invalid at `operation`, at `numbers`, and at the fields that are wrong.
    """
    deed = DEEDS.get(operation)
    if deed is None:
        raise Invalid({"operation": _("There is no such operation.")})
    arguments = deed.check(sent, by)
    choosing.check(choice, by)
    bulk = Bulk.objects.create(
        organisation_id=by.us,
        by_id=by.me,
        operation=operation,
        arguments=arguments,
        filter=choice.filter.query_string() if choice.filter else "",
        as_of=choice.as_of or now(),
        state=State.WAITING if choice.filter else State.RUNNING,
    )
    if choice.filter is None:
        ids = choice.sides(by).values_list("case_id", flat=True)
        BulkCase.objects.bulk_create(BulkCase(bulk=bulk, case_id=case_id) for case_id in ids)
    _log(bulk, BulkAsked(bulk_id=bulk.pk, operation=operation), by)
    enqueue(bulk.pk)
    return bulk


@action
def cancel(bulk: Bulk, *, by: Viewer) -> Bulk:
    """Stop it where it is: what is done stays done, and can be undone. Raises Conflict where it is over."""
    mine = _locked(bulk, by)
    if mine.state not in (State.WAITING, State.RUNNING):
        raise Conflict(_("There is nothing left to stop."))
    _move(mine, State.CANCELLED, finished_at=now())
    _log(mine, BulkCancelled(bulk_id=mine.pk, operation=mine.operation), by)
    return mine


@action
def retry(bulk: Bulk, *, by: Viewer) -> Bulk:
    """Try the cases again that could not be done, and go on with those that a stop left out.

    Raises Conflict where there are none, or the operation is at work or undone.
    """
    mine = _locked(bulk, by)
    left = mine.cases.filter(state__in=[RowState.FAILED, RowState.WAITING])
    if mine.state not in (State.DONE, State.CANCELLED) or not left.exists():
        raise Conflict(_("There is nothing to try again."))
    left.update(state=RowState.WAITING, why="")
    _move(mine, State.RUNNING, finished_at=None)
    enqueue(mine.pk)
    return mine


@action
def undo(bulk: Bulk, *, by: Viewer) -> Bulk:
    """Set each case back to what it was, but for those that somebody changed since.

    Raises Conflict after `UNDONE_WITHIN`, while it is at work, and where nothing was done.
    """
    mine = _locked(bulk, by)
    if not is_undoable(mine):
        raise Conflict(_("This can't be undone: it is at work or undone already, or longer ago than a day."))
    if not mine.cases.filter(state=RowState.DONE).exists():
        raise Conflict(_("There is nothing to undo."))
    _move(mine, State.UNDOING)
    _log(mine, BulkUndone(bulk_id=mine.pk, operation=mine.operation), by)
    enqueue(mine.pk)
    return mine


def is_undoable(bulk: Bulk) -> bool:
    """Whether it is over, and no longer than a day ago."""
    over = bulk.state in (State.DONE, State.CANCELLED)
    return over and bulk.finished_at is not None and now() - bulk.finished_at <= UNDONE_WITHIN


def _locked(bulk: Bulk, by: Viewer) -> Bulk:
    mine = Bulk.objects.visible_to(by).select_for_update(no_key=True).filter(pk=bulk.pk).first()
    if mine is None:
        raise NotFound
    return mine


def _move(bulk: Bulk, state: str, **more: Any) -> None:
    Bulk.objects.filter(pk=bulk.pk).update(state=state, **more)
    bulk.refresh_from_db()


def _log(bulk: Bulk, event: Event, by: Viewer) -> None:
    record(event, by=by.person, organisation=bulk.organisation)
