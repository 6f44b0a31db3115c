"""Writing history: one row per event, in the transaction of its cause."""

from dataclasses import dataclass

from caseway.accounts.viewer import Viewer
from caseway.cases.models import Case, CaseEvent
from caseway.core.clock import now
from caseway.core.events import Event, react

SeenBy = CaseEvent.SeenBy


@dataclass(frozen=True)
class Actor:
    """Who did it: a person, a contact without sign-in, or (all empty) Caseway itself."""

    person_id: int | None = None
    contact_id: int | None = None
    organisation_id: int | None = None

    @classmethod
    def of(cls, viewer: Viewer) -> "Actor":
        """The viewer as the one who acts; a contact acts for no organisation."""
        return cls(
            person_id=viewer.person_id,
            contact_id=viewer.contact_id,
            organisation_id=viewer.organisation_id if viewer.is_agent else None,
        )


CASEWAY = Actor()


def record(
    case: Case,
    event: Event,
    by: Viewer | Actor,
    seen_by: CaseEvent.SeenBy = SeenBy.EVERYONE,
    *,
    organisation_id: int | None = None,
) -> CaseEvent:
    """Store `event` and let everyone react to it. `organisation_id` is whose business it is.

    For `seen_by` organisation and record it defaults to the actor's organisation.
    """
    actor = Actor.of(by) if isinstance(by, Viewer) else by
    row = CaseEvent.objects.create(
        case=case,
        kind=event.kind,
        seen_by=seen_by,
        organisation_id=organisation_id or actor.organisation_id,
        actor_id=actor.person_id,
        actor_contact_id=actor.contact_id,
        actor_organisation_id=actor.organisation_id,
        payload=event.payload(),
        happened_at=now(),
    )
    react(event, row)
    return row
