"""Undoing what one has just done to a case, while nobody has done anything since."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from caseway.accounts.models import Person, Team
from caseway.accounts.viewer import Viewer
from caseway.cases.access.locking import lock_case
from caseway.cases.editing.actions import edit
from caseway.cases.history.events import (
    CaseAssigned,
    CaseClaimed,
    CaseClosed,
    CaseGivenToTeam,
    CaseMerged,
    CaseReleased,
    CaseSplit,
    CaseSuspended,
    CaseTypeChanged,
)
from caseway.cases.history.queries import undoable_event
from caseway.cases.lifecycle import actions as lifecycle
from caseway.cases.merging.actions import unmerge
from caseway.cases.models import Case, CaseEvent
from caseway.cases.ownership.actions import return_ownership
from caseway.cases.splitting.actions import take_back
from caseway.core.errors import Conflict, NotFound
from caseway.core.transactions import action

Reverse = Callable[[Case, Viewer, CaseEvent], object]


@action
def undo(case: Case, *, by: Viewer, event_id: int) -> None:
    """Undo the event, which is the viewer's own, some minutes old at most, and the last on the case as
    they may know it. Raises NotFound, Conflict, and what the reverse action raises."""
    lock_case(case.pk)
    if not Case.objects.visible_to(by).filter(pk=case.pk).exists():
        raise NotFound
    event = undoable_event(case, by)
    if event is None or event.pk != event_id:
        raise Conflict(_("Something has happened since, so this is not undone any more."))
    REVERSES[event.kind](case, by, event)


def _reopen(case: Case, by: Viewer, _event: CaseEvent) -> None:
    lifecycle.take_back_closure(case, by=by)


def _resume(case: Case, by: Viewer, _event: CaseEvent) -> None:
    lifecycle.resume(case, by=by)


def _give_back(case: Case, by: Viewer, event: CaseEvent) -> None:
    owner = Person.objects.filter(pk=event.payload.get("before_person_id") or 0).first()
    if event.kind == CaseGivenToTeam.kind:
        team = Team.objects.filter(pk=event.payload.get("before_team_id") or 0).first()
        return_ownership(case, by=by, owner=owner, team=team, returns_team=True)
    else:
        return_ownership(case, by=by, owner=owner)


def _retype(case: Case, by: Viewer, event: CaseEvent) -> None:
    edit(case, by=by, changes={"type": event.payload["before"]})


def _separate(case: Case, by: Viewer, event: CaseEvent) -> None:
    unmerge(_other(event) if event.payload["absorbed"] else case, by=by)


def _unsplit(_case: Case, by: Viewer, event: CaseEvent) -> None:
    take_back(_other(event), by=by)


def _other(event: CaseEvent) -> Case:
    return Case.objects.get(pk=event.payload["other_case_id"])


REVERSES: dict[str, Reverse] = {
    CaseClosed.kind: _reopen,
    CaseSuspended.kind: _resume,
    CaseClaimed.kind: _give_back,
    CaseAssigned.kind: _give_back,
    CaseReleased.kind: _give_back,
    CaseGivenToTeam.kind: _give_back,
    CaseTypeChanged.kind: _retype,
    CaseMerged.kind: _separate,
    CaseSplit.kind: _unsplit,
}
