"""Writing an SMS, and forgetting old ones."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction

from caseway.accounts.models import Person
from caseway.cases.models import Side
from caseway.core.clock import now
from caseway.core.limits import count
from caseway.core.text import clean
from caseway.notifications.models import Sms
from caseway.notifications.words import desk_link

from .jobs import send
from .segments import fitted

HOUR = 3600
MOST_IN_AN_HOUR = 20
"""To one person. A day on which a thousand deadlines pass at once is no reason for a thousand SMS."""
KEPT = timedelta(days=90)


@transaction.atomic(savepoint=False)
def write_sms(side: Side, person: Person, text: str, *, purpose: Sms.Purpose) -> Sms | None:
    """Queue `text` and the address of the case, in the transaction of its cause, and ask a worker to send it.

    The caller has made sure that the person may read it. None where it doesn't go by SMS: they gave no
    number, no provider is set, or they got twenty within the hour.
    """
    if not (settings.SENDS_SMS and person.mobile):
        return None
    if count(f"sms to {person.pk}", HOUR) > MOST_IN_AN_HOUR:
        return None
    written = Sms.objects.create(
        organisation=side.organisation,
        case=side.case,
        person=person,
        purpose=purpose,
        number=person.mobile,
        text=worded_sms(text, side),
    )
    send.defer(sms_ids=[written.pk])
    return written


def worded_sms(text: str, side: Side) -> str:
    """What is sent: the text, cut if it is too long, and the address of the case."""
    return fitted(clean(text).strip(), f"\n{desk_link(side.number)}")


def forget_old_sms() -> int:
    """Throw away what was written more than ninety days ago; returns how many."""
    return Sms.objects.filter(written_at__lt=now() - KEPT).delete()[0]
