"""What the worker does for accounts. Jobs carry ids only."""

from datetime import timedelta

from django.contrib.sessions.backends.db import SessionStore
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from caseway.core import limits
from caseway.core.clock import now

from .models import PasswordResetRequest
from .sign_in import notices

RETRY = RetryStrategy(max_attempts=8, exponential_wait=4)
FORGOTTEN_AFTER = timedelta(days=1)
"""How long an address waits for a mail that can't be sent; its link would be worthless anyway."""


@app.task(name="accounts.mail_reset_link", queue="mail", retry=RETRY)
def mail_reset_link(request_id: int) -> None:
    """Mail the link that sets a new password."""
    notices.mail_reset_link(request_id)


@app.task(name="accounts.mail_new_password_notice", queue="mail", retry=RETRY)
def mail_new_password_notice(person_id: int) -> None:
    """Mail that a password was changed."""
    notices.mail_new_password_notice(person_id)


@app.task(name="accounts.mail_second_factor_notice", queue="mail", retry=RETRY)
def mail_second_factor_notice(person_id: int, what: str) -> None:
    """Mail that a second factor changed."""
    notices.mail_second_factor_notice(person_id, what)


@app.periodic(cron="23 * * * *")
@app.task(queue="upkeep", name="accounts.sweep", queueing_lock="accounts.sweep")
def sweep(timestamp: int) -> None:
    """Forget, each hour, what has ended: sessions, windows of limits, addresses nobody could be mailed at."""
    SessionStore.clear_expired()
    limits.sweep()
    PasswordResetRequest.objects.filter(asked_at__lt=now() - FORGOTTEN_AFTER).delete()
