"""Being mailed no more."""

from caseway.accounts.models import Membership
from caseway.cases.models import Participant
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
        participant = Participant.objects.filter(pk=stop.key).select_related("case").first()
        if participant is None:
            raise NotFound
        unsubscribe(participant, participant.case)
        return
    seat = Membership.objects.filter(pk=stop.key).first()
    if seat is None:
        raise NotFound
    if stop.what == DIGEST:
        stop_digest(seat)
    else:
        stop_mails(seat, Kind(stop.what))
