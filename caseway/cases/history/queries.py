"""Reading history: the timeline's lines as one viewer may read them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.utils.translation import gettext as _

from caseway.accounts.viewer import Viewer
from caseway.cases.models import Cancellation, Case, CaseEvent, Closure, Reopening, Suspension, Withdrawal
from caseway.cases.models.step import Step
from caseway.core.events import KINDS

from .events import CaseHappening, MessagePosted
from .names import Names, names_for

STEPS: dict[str, type[Step]] = {
    "case.closed": Closure,
    "case.reopened": Reopening,
    "case.cancelled": Cancellation,
    "case.withdrawn": Withdrawal,
    "case.suspended": Suspension,
}


@dataclass(frozen=True)
class Line:
    """One line of the timeline: what happened, in words, and why where the reader may know."""

    event: CaseEvent
    icon: str
    sentence: str
    at: datetime
    reason: str = ""
    note: str = ""
    until: datetime | None = None


def timeline_of(cases: Iterable[Case], viewer: Viewer, *, latest: int = 200) -> list[Line]:
    """What happened to these cases as `viewer` may know it, oldest first, the `latest` lines.

    Messages are left out: the page shows them themselves. Reasons and notes are a side's own,
    and a withdrawal's are the customer's words, for the host and the customer.
    """
    rows = (
        CaseEvent.objects.visible_to(viewer)
        .filter(case__in=cases)
        .exclude(kind=MessagePosted.kind)
        .select_related("case")
        .order_by("-happened_at", "-pk")[:latest]
    )
    return lines_of(list(rows)[::-1], viewer)


def lines_of(events: Sequence[CaseEvent], viewer: Viewer) -> list[Line]:
    """What the timeline says of `events` (with their cases), loaded through `visible_to(viewer)`."""
    names, steps = names_for(events), _steps_of(events, viewer)
    return [_line(event, viewer, names, steps.get(event.pk)) for event in events]


def _steps_of(events: Sequence[CaseEvent], viewer: Viewer) -> dict[int, Step]:
    """The steps behind the events, of which the viewer may read the reason, by event."""
    found: dict[int, Step] = {}
    for kind, model in STEPS.items():
        wanted = {e.payload["step_id"]: e.pk for e in events if e.kind == kind}
        if not wanted:
            continue
        for step in model._default_manager.filter(pk__in=wanted).select_related("reason", "case"):
            if _may_read_why(step, viewer):
                found[wanted[step.pk]] = step
    return found


def _may_read_why(step: Step, viewer: Viewer) -> bool:
    if isinstance(step, Withdrawal):
        return viewer.is_contact or step.case.host_id == viewer.organisation_id
    return viewer.is_agent and step.organisation_id == viewer.organisation_id


def _line(event: CaseEvent, viewer: Viewer, names: Names, step: Step | None) -> Line:
    kind = cast("type[CaseHappening]", KINDS[event.kind])
    happening = kind(**event.payload)
    return Line(
        event=event,
        icon=happening.icon,
        sentence=happening.sentence(_actor_name(event, viewer, names), names),
        at=event.happened_at,
        reason=step.reason.label if step and step.reason else "",
        note=step.note if step else "",
        until=step.until if isinstance(step, Suspension) else None,
    )


def _actor_name(event: CaseEvent, viewer: Viewer, names: Names) -> str:
    """Who did it, as the viewer may know: another organisation's people act as the organisation."""
    if event.actor_contact_id:
        if viewer.is_contact and event.actor_contact_id == viewer.contact_id:
            return _("You")
        if viewer.is_contact or event.case.host_id == viewer.organisation_id:
            return names.contacts.get(event.actor_contact_id) or _("The customer")
        return _("The customer")
    if event.actor_id and event.actor_organisation_id == viewer.organisation_id:
        return names.person(event.actor_id)
    if event.actor_organisation_id:
        return names.organisation(event.actor_organisation_id)
    return "Caseway"
