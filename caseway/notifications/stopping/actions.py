"""Being mailed no more, and again."""

from caseway.accounts.models import Membership
from caseway.cases.models import Participant
from caseway.cases.subscribing.actions import choose_themselves
from caseway.core.errors import NotFound
from caseway.core.transactions import action
from caseway.mail.incoming.subscribing import unsubscribe
from caseway.notifications.choosing.actions import stop_digest, stop_mails
from caseway.notifications.models import Kind

from .links import DIGEST, Stop


@action
def obey(stop: Stop) -> None:
    """Do what the link says; twice is the same. Raises NotFound where there is nobody any more."""
    if stop.whose == "participant":
        participant = participant_named(stop)
        unsubscribe(participant, participant.case)
        return
    seat = Membership.objects.filter(pk=stop.key).first()
    if seat is None:
        raise NotFound
    if stop.what == DIGEST:
        stop_digest(seat)
    else:
        stop_mails(seat, Kind(stop.what))


@action
def take_back(stop: Stop) -> None:
    """Mail a participant again, who has changed their mind. Raises NotFound for any other link."""
    choose_themselves(participant_named(stop), told=True)


def participant_named(stop: Stop) -> Participant:
    """Whom the link names, with their case and who mails them. Raises NotFound where there is nobody."""
    people = Participant.objects.filter(pk=stop.key).select_related("case__brand", "case__host")
    found = people.first() if stop.whose == "participant" else None
    if found is None:
        raise NotFound
    return found
