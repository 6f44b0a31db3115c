"""What the worker does for customers. Jobs carry ids only."""

from datetime import timedelta

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from caseway.core.clock import now

from .models import Invitation, SignUpRequest
from .signing_up.actions import answer
from .staff.mails import mail_desk_invitation

RETRY = RetryStrategy(max_attempts=8, exponential_wait=4)
FORGOTTEN_AFTER = timedelta(days=1)
"""How long a request to join waits for an answer that can't be written."""
UNPROVEN_FOR = timedelta(days=14)
"""How long what a stranger typed is kept when nobody followed the link."""


@app.task(name="customers.answer_sign_up", queue="mail", retry=RETRY)
def answer_sign_up(request_id: int) -> None:
    """Answer one request to join."""
    answer(request_id)


@app.task(name="customers.mail_desk_invitation", queue="mail", retry=RETRY)
def invite_to_desk(seat_id: int) -> None:
    """Mail somebody the link to their seat."""
    mail_desk_invitation(seat_id)


@app.periodic(cron="29 * * * *")
@app.task(queue="upkeep", name="customers.sweep", queueing_lock="customers.sweep")
def sweep(timestamp: int) -> None:
    """Forget, each hour, requests that were never answered and addresses that were never proven."""
    SignUpRequest.objects.filter(asked_at__lt=now() - FORGOTTEN_AFTER).delete()
    unproven = Invitation.objects.filter(invited_by=None, accepted_at=None)
    unproven.filter(sent_at__lt=now() - UNPROVEN_FOR).delete()
