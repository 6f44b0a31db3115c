"""Reading history: the timeline's lines as one viewer may read them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from caseway.accounts.asking import AskedBy
from caseway.accounts.viewer import Viewer
from caseway.cases.models import Case, CaseEvent
from caseway.core.clock import now
from caseway.core.database.statements import AnyOf, Slot
from caseway.core.events import KINDS

from . import answer_events, mail_events, task_events  # noqa: F401 - their events are told too
from .events import CaseHappening, MessagePosted
from .names import Names, names_for
from .whys import Why, whys_of

UNDO_WITHIN = timedelta(minutes=10)
"""How long a page may stand open with its offer to undo."""


@dataclass(frozen=True)
class Line:
    """One line of the timeline: what happened, in words, and why where the reader may know."""

    event: CaseEvent
    icon: str
    sentence: str
    at: datetime
    actor: str = ""
    reason: str = ""
    note: str = ""
    until: datetime | None = None


def timeline_of(cases: Iterable[Case], viewer: Viewer, *, latest: int = 200) -> list[Line]:
    """What happened to these cases as `viewer` may know it, oldest first, the `latest` lines.

    Messages are left out: the page shows them themselves. Reasons and notes are a side's own,
    and a withdrawal's are the customer's words, for the host and the customer.
    """
    events = _events.rows(viewer, latest, cases=[case.pk for case in cases])
    return lines_of(events[::-1], viewer)


@AskedBy
def _events(viewer: Viewer, latest: int) -> QuerySet[CaseEvent]:
    seen = CaseEvent.objects.visible_to(viewer).filter(AnyOf("case", Slot("cases")))
    told = seen.exclude(kind=MessagePosted.kind).select_related("case__host")
    return told.order_by("-happened_at", "-pk")[:latest]


def undoable_event(case: Case, viewer: Viewer) -> CaseEvent | None:
    """What the viewer has just done to the case and may undo: the last thing that happened to it as
    far as they may know, but for what was said."""
    events = CaseEvent.objects.visible_to(viewer).filter(case=case).exclude(kind=MessagePosted.kind)
    last = events.order_by("-happened_at", "-pk").first()
    if last is None or last.actor_id != viewer.person_id or now() - last.happened_at > UNDO_WITHIN:
        return None
    return last if cast("type[CaseHappening]", KINDS[last.kind]).can_be_undone else None


def lines_of(events: Sequence[CaseEvent], viewer: Viewer) -> list[Line]:
    """What the timeline says of `events` (with their cases), loaded through `visible_to(viewer)`."""
    names, whys = names_for(events, viewer), whys_of(events, viewer)
    return [_line(event, viewer, names, whys.get(event.pk, Why())) for event in events]


def _line(event: CaseEvent, viewer: Viewer, names: Names, why: Why) -> Line:
    kind = cast("type[CaseHappening]", KINDS[event.kind])
    happening, actor = kind(**event.payload), _actor_name(event, viewer, names)
    return Line(
        event=event,
        icon=happening.icon,
        sentence=happening.sentence(actor, names),
        at=event.happened_at,
        actor=actor,
        reason=why.reason,
        note=why.note,
        until=why.until,
    )


def _actor_name(event: CaseEvent, viewer: Viewer, names: Names) -> str:
    """Who did it, as the viewer may know: another organisation's people act as the organisation."""
    if event.actor_contact_id:
        if viewer.is_contact and event.actor_contact_id == viewer.contact_id:
            return _("You")
        if viewer.is_contact or event.case.host_id == viewer.organisation_id:
            return names.contacts.get(event.actor_contact_id) or _("The customer")
        return event.case.host.name  # a customer is their host's own knowledge
    if event.actor_id and event.actor_organisation_id == viewer.organisation_id:
        return names.person(event.actor_id)
    if event.actor_organisation_id:
        return names.organisation(event.actor_organisation_id)
    return "Caseway"
