"""What happened to a case, in words for its customer. Of our side only who takes care of it is named."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from caseway.accounts.models import Person
from caseway.accounts.viewer import Viewer
from caseway.cases.history.events import (
    CaseAssigned,
    CaseCancelled,
    CaseClaimed,
    CaseClosed,
    CaseCreated,
    CaseMerged,
    CaseReopened,
    CaseResumed,
    CaseSuspended,
    CaseWithdrawn,
)
from caseway.cases.models import Case, CaseEvent

TAKEN = (CaseClaimed.kind, CaseAssigned.kind)
OF_OURS_ONLY = (*TAKEN, CaseCreated.kind)


@dataclass(frozen=True)
class Milestone:
    """One thing that happened. `owner` is who takes care of the case since then, if that is what it tells."""

    icon: str
    sentence: str
    at: datetime
    owner: str = ""

    is_said = False
    is_news = False


@dataclass(frozen=True)
class Told:
    """What a sentence may name."""

    event: CaseEvent
    owner: str
    mine: bool
    joined_with: str


SENTENCES: dict[str, tuple[str, Callable[[Told], str]]] = {
    CaseCreated.kind: ("plus", lambda _told: _("We raised this case for you")),
    CaseClaimed.kind: ("user", lambda told: _("%(name)s took your case") % {"name": told.owner}),
    CaseAssigned.kind: (
        "user",
        lambda told: _("%(name)s takes care of your case") % {"name": told.owner},
    ),
    CaseSuspended.kind: ("pause", lambda _told: _("We paused your case")),
    CaseResumed.kind: ("clock", lambda _told: _("We go on with your case")),
    CaseClosed.kind: ("done", lambda _told: _("We closed your case")),
    CaseCancelled.kind: ("ban", lambda _told: _("We cancelled your case")),
    CaseReopened.kind: (
        "undo",
        lambda told: _("You reopened the case") if told.mine else _("The case was reopened"),
    ),
    CaseWithdrawn.kind: (
        "ban",
        lambda told: _("You withdrew the case") if told.mine else _("A colleague withdrew the case"),
    ),
    CaseMerged.kind: (
        "merge",
        lambda told: _("Joined with %(case)s") % {"case": told.joined_with or _("another case")},
    ),
}


def milestones_of(case: Case, viewer: Viewer, joined_with: str = "") -> list[Milestone]:
    """What the customer is told of the case's history, oldest first: two queries."""
    events = CaseEvent.objects.visible_to(viewer).filter(case=case, kind__in=SENTENCES)
    shown = [event for event in events.order_by("-happened_at", "-pk")[:100] if _is_told(event, case)][::-1]
    owners = _owners_in(shown)
    return [_milestone(event, viewer, owners, joined_with) for event in shown]


def _is_told(event: CaseEvent, case: Case) -> bool:
    """The partner's people and their doings are the partner's; a merge is told on the case that went."""
    if event.kind in OF_OURS_ONLY:
        return event.actor_organisation_id == case.host_id
    return event.kind != CaseMerged.kind or not event.payload.get("absorbed")


def _owners_in(events: Sequence[CaseEvent]) -> dict[int, str]:
    ids = {event.payload["owner_person_id"] for event in events if event.kind in TAKEN}
    return dict(Person.objects.filter(pk__in=ids).values_list("pk", "name")) if ids else {}


def _milestone(event: CaseEvent, viewer: Viewer, owners: dict[int, str], joined_with: str) -> Milestone:
    owner = owners.get(event.payload.get("owner_person_id", 0), "")
    mine = event.actor_contact_id is not None and event.actor_contact_id == viewer.contact_id
    icon, sentence = SENTENCES[event.kind]
    return Milestone(icon, sentence(Told(event, owner, mine, joined_with)), event.happened_at, owner)
