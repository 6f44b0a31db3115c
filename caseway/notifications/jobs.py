"""What notifications do by the clock."""

from procrastinate.contrib.django import app

from .digest.actions import send_due
from .noticing.actions import forget_old, settle_seen
from .reminding.sending import remind_all_due
from .sms import jobs as sms
from .sms.actions import forget_old_sms

__all__ = ["sms"]


@app.periodic(cron="* * * * *")
@app.task(name="notifications.digests", queueing_lock="notifications.digests")
def send_digests(timestamp: int) -> None:
    """Every minute: send the digests whose time has come."""
    send_due()


@app.periodic(cron="* * * * *")
@app.task(name="notifications.reminders", queueing_lock="notifications.reminders")
def send_reminders(timestamp: int) -> None:
    """Every minute: remind of deadlines that are about to expire, or have."""
    remind_all_due()


@app.periodic(cron="37 3 * * *")
@app.task(name="notifications.forget", queueing_lock="notifications.forget")
def forget_old_notices(timestamp: int) -> None:
    """Every night: throw away notices and SMS older than ninety days, and mark read what was seen since."""
    forget_old()
    forget_old_sms()
    settle_seen()
