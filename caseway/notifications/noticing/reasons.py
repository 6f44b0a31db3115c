"""Why an event is somebody's business: read off the event, before anybody is asked for."""

from dataclasses import dataclass

from caseway.cases.history.events import (
    CaseAssigned,
    CaseCreated,
    CaseGivenToTeam,
    CaseReleased,
    MessagePosted,
    PartnerAdded,
)
from caseway.cases.history.mail_events import Became, MailHeld
from caseway.cases.history.task_events import TaskAdded, TaskAssigned
from caseway.cases.models import CaseEvent
from caseway.cases.types import Audience

NEWS_OF_UNASSIGNED = frozenset(
    one.kind for one in (CaseCreated, CaseReleased, CaseGivenToTeam, PartnerAdded, MessagePosted, MailHeld)
)
"""What those hear who look after cases that nobody owns: that there is one, and what is written there."""
OF_TASKS = frozenset({TaskAdded.kind, TaskAssigned.kind})
"""A task concerns whoever gets it, and neither the case's owner nor its watchers."""


@dataclass(frozen=True)
class Concerned:
    """Whom an event concerns beside owner and watchers of each side that may know of it."""

    mentioned: frozenset[int]
    named: frozenset[int]
    to_owner_and_watchers: bool
    to_team: bool
    within: int | None
    """The only organisation that may know of it, if there is only one."""


def concerned_by(event: CaseEvent) -> Concerned:
    """Read the event's payload."""
    payload, kind = event.payload, event.kind
    is_decided = kind == MailHeld.kind and payload["became"] != Became.HELD
    is_note = payload.get("audience") in (Audience.TEAM, Audience.RECORD)
    return Concerned(
        mentioned=frozenset(payload.get("mentioned_person_ids") or ()),
        named=_named(event),
        to_owner_and_watchers=kind not in OF_TASKS and not is_decided,
        to_team=kind in NEWS_OF_UNASSIGNED and not is_note and not is_decided,
        within=_within(event),
    )


def _named(event: CaseEvent) -> frozenset[int]:
    """Who gets a task, or had the case until now."""
    names = {TaskAdded.kind: "assignee_person_id", TaskAssigned.kind: "assignee_person_id"}
    names |= dict.fromkeys((CaseAssigned.kind, CaseGivenToTeam.kind, CaseReleased.kind), "before_person_id")
    found = event.payload.get(names.get(event.kind, ""))
    return frozenset({found} if found else ())


def _within(event: CaseEvent) -> int | None:
    match event.seen_by:
        case CaseEvent.SeenBy.CUSTOMER:
            return event.case.host_id
        case CaseEvent.SeenBy.ORGANISATION | CaseEvent.SeenBy.RECORD:
            return event.organisation_id
        case _:
            return None
