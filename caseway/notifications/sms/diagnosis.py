"""What `caseway doctor` asks of SMS."""

from collections.abc import Iterable
from datetime import timedelta

from caseway.core.clock import now
from caseway.core.diagnosis import Finding
from caseway.notifications.models import Sms

from .choosing import the_provider
from .provider import Refused, Unreachable, Unsure
from .queries import TOLD_FOR

PATIENCE = timedelta(minutes=15)


def sms_provider_answers() -> Iterable[Finding]:
    """The SMS provider takes our sign-in."""
    try:
        the_provider().check()
    except (Unreachable, Unsure, Refused) as trouble:
        yield Finding(f"the SMS provider refuses us: {trouble}", "see CASEWAY_SMS_URL")


def sms_leave() -> Iterable[Finding]:
    """No SMS waits for long, and none failed in the last week."""
    waiting = Sms.objects.filter(state=Sms.State.DUE, written_at__lt=now() - PATIENCE).count()
    if waiting:
        mend = "is a worker running? caseway worker; the admin shows the provider's last answer"
        yield Finding(f"{waiting} SMS wait for more than 15 minutes", mend)
    failed = Sms.objects.filter(state=Sms.State.FAILED, written_at__gt=now() - TOLD_FOR).count()
    if failed:
        yield Finding(f"{failed} SMS of the last week did not arrive", "the admin says why, for each")
