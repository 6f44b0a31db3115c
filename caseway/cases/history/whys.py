"""Why a case was closed, suspended and so on, for all steps of a timeline at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import DateTimeField, F, Q, QuerySet, Value
from django.db.models.functions import Cast

from caseway.accounts.viewer import Viewer
from caseway.cases.models import (
    Cancellation,
    CaseEvent,
    Closure,
    Reopening,
    Suspension,
    Withdrawal,
)
from caseway.cases.models.reference import label_of
from caseway.cases.models.step import Step

STEPS: dict[str, type[Step]] = {
    "case.closed": Closure,
    "case.reopened": Reopening,
    "case.cancelled": Cancellation,
    "case.withdrawn": Withdrawal,
    "case.suspended": Suspension,
}


@dataclass(frozen=True)
class Why:
    """What a reader may know of a step: its reason in their language, its note, its end."""

    reason: str = ""
    note: str = ""
    until: datetime | None = None


def whys_of(events: Iterable[CaseEvent], viewer: Viewer) -> dict[int, Why]:
    """Reasons and notes by event, as far as the viewer may read them; one query."""
    by_step = {(e.kind, e.payload["step_id"]): e.pk for e in events if e.kind in STEPS}
    kinds = {kind for kind, _step in by_step}
    parts = [
        _rows(kind, [step for of, step in by_step if of == kind], viewer) for kind in STEPS if kind in kinds
    ]
    if not parts:
        return {}
    rows = parts[0].union(*parts[1:], all=True)
    return {
        by_step[kind, step]: Why(label_of(reason) if reason else "", note, until)
        for kind, step, reason, note, until in rows
    }


def _rows(kind: str, steps: list[int], viewer: Viewer) -> QuerySet[Any, Any]:
    until = F("until") if STEPS[kind] is Suspension else Cast(Value(None), DateTimeField())
    found = STEPS[kind]._default_manager.filter(_readable(kind, viewer), pk__in=steps)
    return found.order_by().values_list(Value(kind), "pk", "reason__name", "note", until)


def _readable(kind: str, viewer: Viewer) -> Q:
    """Reasons are a side's own; a withdrawal's are the customer's words, for the host and the customer."""
    if STEPS[kind] is Withdrawal:
        return Q() if viewer.is_contact else Q(case__host=viewer.organisation_id)
    return Q(organisation=viewer.organisation_id) if viewer.is_agent else Q(pk__in=[])
