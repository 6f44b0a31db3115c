"""Who takes part, whose desk mails them, and who ended their e-mails themselves."""

from collections.abc import Collection, Iterable

from caseway.accounts.viewer import Viewer
from caseway.cases.conversation.queries import participants_of
from caseway.cases.history.subscription_events import How, SubscriptionChanged
from caseway.cases.models import Case, CaseEvent, Participant, Side


def participant_of(case: Case, viewer: Viewer, key: int) -> Participant | None:
    """One of those whom the viewer's desk mails, None for any other id."""
    return next((one for one in participants_of(case, viewer) if one.pk == key), None)


def has_choice_elsewhere(participant: Participant, case: Case) -> bool:
    """Whether it is the customer whose case it is."""
    return participant.contact_id is not None and participant.contact_id == case.contact_id


def desk_of(participant: Participant, sides: Iterable[Side]) -> Side | None:
    """The side whose agents see the participant: its own, or that of the desk which mails a partner
    without one."""
    own = {side.organisation_id: side for side in sides if side.organisation.signs_in}
    if participant.organisation.signs_in:
        return own.get(participant.organisation_id)
    return next(iter(own.values()), None)


def ended_themselves(case: Case, viewer: Viewer, participants: Collection[Participant]) -> frozenset[int]:
    """The ids of those whose last word about their e-mails was their own, that they want none."""
    rows = CaseEvent.objects.visible_to(viewer).filter(case=case, kind=SubscriptionChanged.kind)
    last = {row.payload["participant_id"]: row.payload for row in rows.order_by("pk")}
    silent = {one.pk for one in participants if not one.is_subscribed}
    return frozenset(key for key, told in last.items() if key in silent and told["how"] == How.THEMSELVES)
