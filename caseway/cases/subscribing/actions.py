"""Ending and starting again the e-mails to somebody who takes part in a case."""

from django.utils.translation import gettext as _

from caseway.accounts.viewer import Viewer
from caseway.cases import copies
from caseway.cases.access.locking import Locked, lock_case, lock_for
from caseway.cases.access.rules import Operation
from caseway.cases.history.actions import Actor, SeenBy, record
from caseway.cases.history.subscription_events import How, SubscriptionChanged
from caseway.cases.models import Case, Participant, Side
from caseway.core.errors import Conflict, NotFound
from caseway.core.transactions import action

from .queries import desk_of, has_choice_elsewhere, participant_of


@action
def end(participant: Participant, *, by: Viewer) -> Participant:
    """Mail them nothing more about the case, until they write again; twice is the same.

    Raises NotFound, NotAllowed, and Conflict for the customer whose case it is: they would miss our
    answers, and choose what they are mailed in their profile.
    """
    locked, stored = _held(participant, by)
    if has_choice_elsewhere(stored, locked.case):
        raise Conflict(
            _("This is the customer's own case. They choose in their profile what they are mailed.")
        )
    return _set(stored, locked, by, told=False)


@action
def start_again(participant: Participant, *, by: Viewer) -> Participant:
    """Mail them again what is said from now on; twice is the same.

    Raises NotFound, NotAllowed, and Conflict for an address that was only copied on a mail: whoever
    answers it lets it in.
    """
    locked, stored = _held(participant, by)
    if not stored.is_approved:
        words = _("%(address)s was only copied on a mail. Choose it in Cc of an answer to let it in.")
        raise Conflict(words % {"address": stored.address})
    return _set(stored, locked, by, told=True)


@action
def choose_themselves(participant: Participant, *, told: bool) -> None:
    """What the participant chose by a link of theirs, or by a mail; twice is the same."""
    locked = lock_case(participant.case_id)
    same = Participant.objects.filter(
        case=participant.case_id,
        address=participant.address,
        audience=participant.audience,
        is_approved=True,
    )
    for stored in same.exclude(is_subscribed=told).select_related("organisation").order_by("pk"):
        stored.is_subscribed = told
        stored.save(update_fields=["is_subscribed"])
        side = desk_of(stored, locked.sides.values())
        if side is not None:
            event = SubscriptionChanged(participant_id=stored.pk, how=How.THEMSELVES, ended=not told)
            actor = Actor(contact_id=stored.contact_id)
            _tell(locked.case, side, event, actor)


def _held(participant: Participant, by: Viewer) -> tuple[Locked, Participant]:
    """The case, locked, and the participant as stored now. Raises NotFound, NotAllowed."""
    locked = lock_for(by, Operation.SUBSCRIPTIONS, participant.case)
    locked.own_side(by)
    stored = participant_of(locked.case, by, participant.pk)
    if stored is None:
        raise NotFound
    return locked, stored


def _set(stored: Participant, locked: Locked, by: Viewer, *, told: bool) -> Participant:
    if stored.is_subscribed == told:
        return stored
    stored.is_subscribed = told
    stored.save(update_fields=["is_subscribed"])
    event = SubscriptionChanged(participant_id=stored.pk, how=How.AGENT, ended=not told)
    _tell(locked.case, locked.own_side(by), event, by)
    return stored


def _tell(case: Case, side: Side, event: SubscriptionChanged, by: Viewer | Actor) -> None:
    copies.touch([side])
    record(case, event, by, SeenBy.ORGANISATION, organisation_id=side.organisation_id)
