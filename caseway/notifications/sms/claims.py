"""Who sends what: one worker per SMS, by conditional update. All times are the database's."""

import uuid
from datetime import timedelta

from django.db.models import F, QuerySet
from django.db.models.functions import Now

from caseway.notifications.models import Sms, Trouble

State = Sms.State

LEASE = timedelta(minutes=2)
"""Longer than any try lasts: asking and sending take 50 seconds at most."""
GIVEN_UP_AFTER = timedelta(days=1)
"""A day later nobody is helped by it."""


def due() -> QuerySet[Sms]:
    """What may be sent now, in the order it was written."""
    return Sms.objects.filter(state=State.DUE, next_try_at__lte=Now()).order_by("pk")


def claim(sms_id: int) -> Sms | None:
    """Make the SMS mine to send; None where it isn't due, or somebody else was quicker."""
    ticket = uuid.uuid4()
    mine = (
        due()
        .order_by()
        .filter(pk=sms_id)
        .update(state=State.SENDING, claim=ticket, claimed_at=Now(), attempts=F("attempts") + 1)
    )
    return Sms.objects.select_related("person").get(pk=sms_id, claim=ticket) if mine else None


def finish(sms: Sms, **outcome: object) -> bool:
    """Store what became of my SMS and give it up; False where it isn't mine any more."""
    mine = Sms.objects.filter(pk=sms.pk, state=State.SENDING, claim=sms.claim)
    return bool(mine.update(claim=None, claimed_at=None, **outcome))


def free_abandoned() -> int:
    """Make due again what a worker claimed and left: the provider may have it. Returns how many."""
    left = Sms.objects.filter(state=State.SENDING, claimed_at__lt=Now() - LEASE)
    return left.update(state=State.DUE, in_doubt=True, claim=None, claimed_at=None)


def give_up_late() -> int:
    """Mark as failed what could not be sent for a day; returns how many."""
    late = Sms.objects.filter(state=State.DUE, written_at__lt=Now() - GIVEN_UP_AFTER)
    return late.update(state=State.FAILED, trouble=Trouble.LATE)
