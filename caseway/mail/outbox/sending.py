"""Sending what is due, one mail at a time: claim, carry, mark."""

import time
from collections.abc import Callable
from datetime import timedelta

import structlog
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now

from caseway.core.clock import now
from caseway.mail.models import Delivery

from . import claims
from .relays import Relay, relay_of_settings
from .smtp import Refused, Unreachable
from .undelivered import tell_undelivered
from .ways import of_installation

Mails = Callable[[QuerySet[Delivery]], QuerySet[Delivery]]
"""Of some mails those that leave by one relay."""

log = structlog.get_logger("caseway.mail.outbox")

# Minutes until the next try after an answer of "not now" (RFC 5321, section 4.5.4.1: four to five days).
PAUSES = (1, 5, 15, 30, 60, 120, 240, 480, 720, 1440, 1440, 1440)
GIVEN_UP_AFTER = timedelta(days=5)
RESTS = (5.0, 10.0, 20.0, 30.0)
"""Seconds without a try after the relay could not be reached, longer each time."""


class Sender:
    """Sends over one relay, one mail in flight. A worker process has one of these for the installation's
    relay, and one for as long as it drains a mailbox's own."""

    def __init__(self, relay: Relay | None = None, of: Mails = of_installation) -> None:
        self.relay = relay or relay_of_settings()
        self.mine = of
        self._failures = 0
        self._rests_until = 0.0

    @property
    def is_resting(self) -> bool:
        """Whether the relay was out of reach a moment ago: a thousand mails make no thousand tries."""
        return time.monotonic() < self._rests_until

    def send(self, delivery_id: int) -> bool:
        """Send one delivery if it is due and free; False where it could not be tried.

        What the relay refuses is marked on the delivery. Out of reach, the mail stays due: that
        is nobody's failure, and costs it none of its tries.
        """
        if self.is_resting or not self._relay_is_ready():
            return False
        delivery = claims.claim(delivery_id)
        if delivery is None:
            return False
        try:
            with claims.renewed(delivery):
                self.relay.carry(delivery)
        except Refused as refusal:
            _mark_refused(delivery, refusal)
        except Unreachable as trouble:
            _put_back(delivery, str(trouble))
            self._rest(trouble)
            return False
        except Exception as defect:
            # Counted as a try, so that a mail that can't be made at all is parked in the end.
            log.exception("mail could not be made", delivery=delivery.pk)
            _mark_refused(delivery, Refused(451, type(defect).__name__))
        else:
            self._failures = 0
            _mark_sent(delivery, self.relay)
        return True

    def drain(self, seconds: float, stopping: Callable[[], bool] = lambda: False) -> int:
        """Send what is due, oldest first, for at most so long; returns how many were handled."""
        handled, until = 0, time.monotonic() + seconds
        while not stopping() and not self.is_resting and time.monotonic() < until:
            ids = list(self.mine(claims.due()).values_list("pk", flat=True)[:50])
            progress = 0
            for delivery_id in ids:
                if stopping() or time.monotonic() >= until:
                    break
                progress += self.send(delivery_id)
            handled += progress
            if not progress:
                break
        return handled

    def _relay_is_ready(self) -> bool:
        try:
            self.relay.ready()
        except Unreachable as trouble:
            self._rest(trouble)
            return False
        return True

    def _rest(self, trouble: Unreachable) -> None:
        rest = RESTS[min(self._failures, len(RESTS) - 1)]
        self._failures += 1
        self._rests_until = time.monotonic() + rest
        claims.note_trouble(str(trouble), self.mine)
        log.warning("relay out of reach", relay=self.relay.name, error=str(trouble), rest_seconds=rest)


def _mark_sent(delivery: Delivery, relay: Relay) -> None:
    # A link that sets a password is nobody's to read once it is on its way.
    is_secret = delivery.purpose == Delivery.Purpose.ACCOUNT and relay.keeps_no_copy
    forgotten = {"text": "", "html": ""} if is_secret else {}
    claims.finish(
        delivery,
        state=Delivery.State.SENT,
        sent_at=Now(),
        sent_via=relay.name,
        last_error="",
        **forgotten,
    )


def _put_back(delivery: Delivery, why: str) -> None:
    claims.finish(
        delivery,
        state=Delivery.State.DUE,
        attempts=max(0, delivery.attempts - 1),
        next_try_at=Now(),
        last_error=why[:500],
    )


def _mark_refused(delivery: Delivery, refusal: Refused) -> None:
    tries = delivery.attempts
    too_old = now() - delivery.written_at > GIVEN_UP_AFTER
    if refusal.is_permanent or too_old or tries > len(PAUSES):
        _give_up(delivery, str(refusal)[:500])
    else:
        next_try_at = Now() + timedelta(minutes=PAUSES[tries - 1])
        claims.finish(
            delivery, state=Delivery.State.DUE, next_try_at=next_try_at, last_error=str(refusal)[:500]
        )
    log.info("mail refused", delivery=delivery.pk, attempts=tries, permanent=refusal.is_permanent)


@transaction.atomic
def _give_up(delivery: Delivery, why: str) -> None:
    if claims.finish(delivery, state=Delivery.State.FAILED, last_error=why):
        tell_undelivered(delivery)
