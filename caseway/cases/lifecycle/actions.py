"""Closing, cancelling, withdrawing, suspending and going on: the life of a case.

Every function takes the case as loaded through `visible_to`, who acts (`by`), locks, checks the
table of roles and the status, writes a step and one event. All raise NotFound where the case is
not seen any more, NotAllowed, Conflict, and Invalid where reason or note are missing.
"""

from datetime import datetime, timedelta
from typing import TypeVar

from django.utils.translation import gettext as _

from caseway.accounts.viewer import Viewer
from caseway.cases import copies, court
from caseway.cases.access.locking import Locked, lock_case, lock_for
from caseway.cases.access.rules import Operation
from caseway.cases.history.actions import CASEWAY, Actor, record
from caseway.cases.history.events import (
    CaseCancelled,
    CaseClosed,
    CaseReopened,
    CaseResumed,
    CaseSuspended,
    CaseWithdrawn,
)
from caseway.cases.models import Cancellation, Case, Closure, Reason, Reopening, Suspension, Withdrawal
from caseway.cases.models.step import Step
from caseway.cases.reasons import Why, why
from caseway.cases.status import Status
from caseway.cases.tasks.closing import demand_tasks_done
from caseway.cases.tasks.ending import call_off_tasks, resume_tasks
from caseway.core.clock import now
from caseway.core.errors import Conflict, Invalid
from caseway.core.transactions import action

AnyStep = TypeVar("AnyStep", bound=Step)


def _step(model: type[AnyStep], locked: Locked, by: Actor, because: Why, **more: object) -> AnyStep:
    return model._default_manager.create(
        case=locked.case,
        organisation_id=by.organisation_id or locked.case.host_id,
        by_id=by.person_id,
        by_contact_id=by.contact_id,
        reason=because.reason,
        note=because.note,
        status_before=awake_status(locked.case),
        **more,
    )


def awake_status(case: Case) -> Status:
    """The case's status, or what it was before it was put on hold."""
    if case.status != Status.ON_HOLD:
        return Status(case.status)
    rest = case.suspensions.filter(ended_at=None).first()
    return Status(rest.status_before) if rest else Status.OPEN


def move(locked: Locked, status: Status, by: int | None = None, *, undone: bool = False) -> None:
    """Set the status for everyone, end a suspension that it ends, and move the court.

    `by` is the organisation that does it, None the host's customer or Caseway; `undone` sets back
    what should not have happened.
    """
    before = Status(locked.case.status)
    if status is not Status.ON_HOLD:
        locked.case.suspensions.filter(ended_at=None).update(ended_at=now())
    copies.set_status(locked, status)
    court.after_status(locked, before, by, undone=undone)


@action
def close(case: Case, *, by: Viewer, reason: int | str | None = None, note: str = "") -> Case:
    """Solve the case for everyone on it. Policy says whether reason and note are needed.

    Raises Blocked where policy wants our tasks done first.
    """
    locked = lock_for(by, Operation.CLOSE, case)
    policy = by.policy
    hosts = locked.case.host_id == by.organisation_id
    because = why(
        by,
        Reason.Kind.CLOSURE,
        reason=reason,
        note=note,
        needs_reason=policy.closing_needs_reason if hosts else policy.partner_closing_needs_reason,
        needs_note=policy.closing_needs_note if hosts else policy.partner_closing_needs_reason,
    )
    demand_tasks_done(locked.case, by)
    step = _step(Closure, locked, Actor.of(by), because)
    move(locked, Status.CLOSED)
    record(locked.case, CaseClosed(step_id=step.pk), by)
    return locked.case


@action
def cancel(case: Case, *, by: Viewer, reason: int | str | None = None, note: str = "") -> Case:
    """Call the case off, and with it what was still to be done on it; a remark (`note`) is asked for."""
    locked = lock_for(by, Operation.CANCEL, case)
    because = why(by, Reason.Kind.CANCELLATION, reason=reason, note=note, needs_note=True)
    step = _step(Cancellation, locked, Actor.of(by), because)
    move(locked, Status.CANCELLED)
    record(locked.case, CaseCancelled(step_id=step.pk), by)
    call_off_tasks(locked.case)
    return locked.case


@action
def withdraw(case: Case, *, by: Viewer, reason: int | str | None = None, note: str = "") -> Case:
    """The customer takes the case back; a reason from the list or in words is asked for."""
    locked = lock_for(by, Operation.WITHDRAW, case)
    because = why(by, Reason.Kind.WITHDRAWAL, reason=reason, note=note, needs_either=True)
    step = _step(Withdrawal, locked, Actor.of(by), because)
    move(locked, Status.WITHDRAWN)
    record(locked.case, CaseWithdrawn(step_id=step.pk), by)
    call_off_tasks(locked.case)
    return locked.case


@action
def suspend(
    case: Case,
    *,
    by: Viewer,
    reason: int | str | None = None,
    note: str = "",
    until: datetime | None = None,
) -> Case:
    """Put the case on hold, with a reason (from the list or in words), until a moment if given (aware)."""
    locked = lock_for(by, Operation.SUSPEND, case)
    if until is not None and until <= now():
        raise Invalid({"until": _("Choose a moment in the future.")})
    because = why(by, Reason.Kind.SUSPENSION, reason=reason, note=note, needs_either=True)
    step = _step(Suspension, locked, Actor.of(by), because, until=until)
    move(locked, Status.ON_HOLD)
    record(locked.case, CaseSuspended(step_id=step.pk), by)
    return locked.case


@action
def resume(case: Case, *, by: Viewer) -> Case:
    """Take the case off hold: it returns to the status before."""
    locked = lock_for(by, Operation.RESUME, case)
    move(locked, awake_status(locked.case))
    record(locked.case, CaseResumed(), by)
    return locked.case


@action
def wake(case: Case) -> bool:
    """Resume a case whose wake-up date has come; False where somebody was quicker."""
    locked = lock_case(case.pk)
    due = locked.case.suspensions.filter(ended_at=None, until__lte=now()).exists()
    if not due or locked.case.status != Status.ON_HOLD:
        return False
    move(locked, awake_status(locked.case))
    record(locked.case, CaseResumed(by_itself=True), CASEWAY)
    return True


@action
def reopen(case: Case, *, by: Viewer, reason: int | str | None = None, note: str = "") -> Case:
    """Take a solved case up again: Open, or for a cancelled one the status before.

    The customer may within the policy's days; later a follow-up case is made instead (Conflict).
    """
    locked = lock_for(by, Operation.REOPEN, case)
    if by.is_contact and not reopens_in_time(locked.case):
        raise Conflict(_("This case was closed too long ago. Raise a new case, and we link the two."))
    needs_reason = by.is_agent and by.policy.reopening_needs_reason
    because = why(by, Reason.Kind.REOPEN, reason=reason, note=note, needs_reason=needs_reason)
    return _reopen(locked, Actor.of(by), because)


@action
def take_back_closure(case: Case, *, by: Viewer) -> Case:
    """Undo a closing at once: the case returns to the status before, and nobody is asked why.

    The caller has made sure that the viewer undoes their own deed. Raises Conflict.
    """
    locked = lock_for(by, Operation.REOPEN, case)
    last = locked.case.closures.last()
    if locked.case.status != Status.CLOSED or last is None:
        raise Conflict(_("This case is not closed."))
    return _reopen(locked, Actor.of(by), Why(), Status(last.status_before), undone=True)


@action
def reopen_by_mail(case: Case, *, author: Actor) -> Case:
    """Take a solved case up again since its customer wrote; the caller has checked who and what.

    Raises Conflict where the case is not solved, is merged, or was closed too long ago.
    """
    locked = lock_case(case.pk)
    if locked.case.is_active or locked.case.status == Status.MERGED or not reopens_in_time(locked.case):
        raise Conflict(_("This case can't be reopened."))
    return _reopen(locked, author, Why())


def _reopen(
    locked: Locked, by: Actor, because: Why, status: Status = Status.OPEN, *, undone: bool = False
) -> Case:
    if locked.case.status == Status.CANCELLED:
        last = locked.case.cancellations.last()
        status = Status(last.status_before) if last else status
    step = _step(Reopening, locked, by, because)
    move(locked, status, by.organisation_id, undone=undone)
    record(locked.case, CaseReopened(step_id=step.pk, status=status), by)
    resume_tasks(locked.case)
    return locked.case


def reopens_in_time(case: Case) -> bool:
    """Whether the customer may still reopen the case, by its host's policy."""
    days = case.host.policy.customer_reopens_within_days
    return case.closed_at is not None and now() - case.closed_at <= timedelta(days=days)
