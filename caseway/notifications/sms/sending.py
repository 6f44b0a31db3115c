"""Sending what is due, one SMS at a time: claim, ask where in doubt, hand over, mark."""

import time
import traceback
from collections.abc import Callable
from datetime import timedelta

import structlog
from django.db.models.functions import Now

from caseway.notifications.models import Sms, Trouble

from . import claims
from .choosing import the_provider
from .provider import Provider, Refused, Unreachable, Unsure

log = structlog.get_logger("caseway.sms")

PAUSES = (1, 2, 5, 15, 30, 60, 120, 240)
"""Minutes until the next try after one without a clear answer."""
REST_SECONDS = 30.0
FIRST_QUESTION = timedelta(minutes=1)
"""After which the provider is asked whether it arrived."""


class Sender:
    """Sends through one provider. A worker process has one of these, for all of its threads."""

    def __init__(self, provider: Provider | None = None) -> None:
        self.provider = provider or the_provider()
        self._rests_until = 0.0

    @property
    def is_resting(self) -> bool:
        """Whether the provider was out of reach a moment ago, or asked us to wait."""
        return time.monotonic() < self._rests_until

    def send(self, sms_id: int) -> bool:
        """Send one SMS if it is due and free; False where it could not be tried.

        Out of reach, it stays due: that costs it none of its tries.
        """
        sms = None if self.is_resting else claims.claim(sms_id)
        if sms is None:
            return False
        try:
            provider_id = self._handed_over(sms)
        except Refused as refusal:
            _mark_refused(sms, refusal)
        except Unreachable as trouble:
            self._put_back(sms, trouble)
            return False
        except Unsure as doubt:
            _mark_unsure(sms, str(doubt))
        except Exception as defect:  # noqa: BLE001 - it is logged, without its words
            # Counted as a try in doubt, so that one that can't be sent at all ends in the end.
            # Its words are left out of the log: they may repeat the number, or what was to be said.
            log.error("an SMS could not be sent", sms=sms.pk, error=type(defect).__name__, at=_place(defect))  # noqa: TRY400
            _mark_unsure(sms, type(defect).__name__)
        else:
            _mark_sent(sms, self.provider, provider_id)
        return True

    def drain(self, seconds: float, stopping: Callable[[], bool] = lambda: False) -> int:
        """Send what is due, oldest first, for at most so long; returns how many were handled."""
        handled, until = 0, time.monotonic() + seconds
        for sms_id in list(claims.due().values_list("pk", flat=True)[:500]):
            if stopping() or self.is_resting or time.monotonic() >= until:
                break
            handled += self.send(sms_id)
        return handled

    def _handed_over(self, sms: Sms) -> str:
        if sms.person.mobile != sms.number:
            raise Refused(Trouble.REMOVED, "")
        if sms.in_doubt:
            others = Sms.objects.filter(number=sms.number).exclude(provider_id="")
            known = set(others.values_list("provider_id", flat=True))
            if found := self.provider.taken(sms.number, sms.text, since=sms.written_at, but=known):
                return found
        return self.provider.send(sms.number, sms.text)

    def _put_back(self, sms: Sms, trouble: Unreachable) -> None:
        rest = REST_SECONDS if trouble.rest is None else trouble.rest
        self._rests_until = time.monotonic() + rest
        attempts = max(0, sms.attempts - 1)
        claims.finish(
            sms, state=Sms.State.DUE, attempts=attempts, next_try_at=Now(), last_error=str(trouble)[:300]
        )
        log.warning("SMS provider out of reach", provider=self.provider.name, error=str(trouble), rest=rest)


def _place(defect: Exception) -> str:
    last = traceback.extract_tb(defect.__traceback__)[-1]
    return f"{last.filename}:{last.lineno}"


def _mark_sent(sms: Sms, provider: Provider, provider_id: str) -> None:
    claims.finish(
        sms,
        state=Sms.State.SENT,
        sent_at=Now(),
        sent_via=provider.name,
        provider_id=provider_id,
        next_try_at=Now() + FIRST_QUESTION,
        in_doubt=False,
        last_error="",
    )


def _mark_refused(sms: Sms, refusal: Refused) -> None:
    claims.finish(
        sms, state=Sms.State.FAILED, in_doubt=False, trouble=refusal.trouble, last_error=str(refusal)[:300]
    )
    log.info("SMS refused", sms=sms.pk, trouble=refusal.trouble.value, error=str(refusal))


def _mark_unsure(sms: Sms, why: str) -> None:
    if sms.attempts > len(PAUSES):
        outcome: dict[str, object] = {"state": Sms.State.FAILED, "trouble": Trouble.LATE}
    else:
        pause = timedelta(minutes=PAUSES[sms.attempts - 1])
        outcome = {"state": Sms.State.DUE, "next_try_at": Now() + pause}
    claims.finish(sms, in_doubt=True, last_error=why[:300], **outcome)
    log.warning("SMS without an answer", sms=sms.pk, attempts=sms.attempts, error=why)
