"""Who sends what: one worker per delivery, by conditional update, for as long as it lives.

All times are the database's: workers on machines whose clocks differ agree on them.
"""

import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import DatabaseError, connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Now

from caseway.mail.models import Delivery

State = Delivery.State

LEASE = timedelta(seconds=25)
RENEWED_EVERY = 5.0
"""Seconds. A worker that is alive renews its claim, however long the mail server takes."""


def due() -> QuerySet[Delivery]:
    """What may be sent now, in the order it was written.

    A mail waits for earlier ones to the same address about the same case, so that a thread
    arrives in order even after failures.
    """
    earlier = Delivery.objects.filter(
        case=OuterRef("case"),
        address=OuterRef("address"),
        state__in=[State.DUE, State.SENDING],
        pk__lt=OuterRef("pk"),
    )
    ready = Delivery.objects.filter(state=State.DUE, next_try_at__lte=Now())
    return ready.filter(Q(case__isnull=True) | ~Exists(earlier)).order_by("pk")


def claim(delivery_id: int) -> Delivery | None:
    """Make the delivery mine to send; None where it isn't due, or somebody else was quicker."""
    ticket = uuid.uuid4()
    mine = (
        due()
        .order_by()
        .filter(pk=delivery_id)
        .update(state=State.SENDING, claim=ticket, claimed_at=Now(), attempts=F("attempts") + 1)
    )
    if not mine:
        return None
    related = ("organisation", "mailbox", "case", "participant")
    return Delivery.objects.select_related(*related).get(pk=delivery_id, claim=ticket)


@contextmanager
def renewed(delivery: Delivery) -> Iterator[None]:
    """Keep the claim alive while the block runs; it dies with the process."""
    done = threading.Event()
    keeper = threading.Thread(target=_renew, args=(delivery, done), name="claim", daemon=True)
    keeper.start()
    try:
        yield
    finally:
        done.set()


def _renew(delivery: Delivery, done: threading.Event) -> None:
    while not done.wait(RENEWED_EVERY):
        try:
            _mine(delivery).update(claimed_at=Now())
        except DatabaseError:
            # The next round tries again; four may fail before the claim is anybody's.
            pass
        finally:
            connection.close()


def _mine(delivery: Delivery) -> QuerySet[Delivery]:
    return Delivery.objects.filter(pk=delivery.pk, state=State.SENDING, claim=delivery.claim)


def finish(delivery: Delivery, **outcome: object) -> bool:
    """Store what became of my delivery and give it up; False where it isn't mine any more."""
    return bool(_mine(delivery).update(claim=None, claimed_at=None, **outcome))


def note_trouble(why: str, of: Callable[[QuerySet[Delivery]], QuerySet[Delivery]]) -> int:
    """Tell with each mail of one relay that is due why nothing is sent now; on how many that is news.

    A mail that waits for its own next try keeps its own reason.
    """
    waiting = of(Delivery.objects.filter(state=State.DUE, next_try_at__lte=Now()))
    return waiting.exclude(last_error=why[:500]).update(last_error=why[:500])


def free_abandoned() -> int:
    """Make due again what a worker claimed and didn't renew for a lease; returns how many."""
    return Delivery.objects.filter(state=State.SENDING, claimed_at__lt=Now() - LEASE).update(
        state=State.DUE, claim=None, claimed_at=None
    )
