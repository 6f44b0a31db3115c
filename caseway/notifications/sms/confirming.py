"""Asking the provider what became of the SMS that it took."""

from datetime import timedelta

import structlog
from django.db.models import F
from django.db.models.functions import Now

from caseway.notifications.models import Sms

from .provider import Fate, Provider, Refused, Unreachable, Unsure

log = structlog.get_logger("caseway.sms")

ASKED_FOR = timedelta(days=1)
"""Phones that are switched off for longer are asked about no more."""
AT_ONCE = 100


def confirm(provider: Provider) -> int:
    """Ask about what was sent lately, each SMS again after twice its age; returns how many are settled."""
    if not provider.confirms:
        return 0
    sent = Sms.objects.filter(state=Sms.State.SENT, next_try_at__lte=Now(), sent_at__gt=Now() - ASKED_FOR)
    settled = 0
    for sms in sent.exclude(provider_id="").order_by("next_try_at")[:AT_ONCE]:
        try:
            settled += _settle(sms, provider.fate(sms.provider_id))
        except (Unreachable, Unsure, Refused) as trouble:
            log.warning("SMS provider says nothing of what it took", error=str(trouble))
            break
    return settled


def _settle(sms: Sms, fate: Fate) -> bool:
    open_still = Sms.objects.filter(pk=sms.pk, state=Sms.State.SENT)
    if not fate.is_known:
        open_still.update(next_try_at=Now() + (Now() - F("sent_at")))
        return False
    if fate.trouble is not None:
        log.info("SMS did not arrive", sms=sms.pk, trouble=fate.trouble.value, error=fate.said)
        return bool(
            open_still.update(state=Sms.State.FAILED, trouble=fate.trouble, last_error=fate.said[:300])
        )
    return bool(open_still.update(state=Sms.State.DELIVERED))
