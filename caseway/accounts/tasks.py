"""What the worker does for accounts. Jobs carry ids only."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from .sign_in import notices

RETRY = RetryStrategy(max_attempts=8, exponential_wait=4)


@app.task(name="accounts.mail_reset_link", queue="mail", retry=RETRY)
def mail_reset_link(request_id: int) -> None:
    """Mail the link that sets a new password."""
    notices.mail_reset_link(request_id)


@app.task(name="accounts.mail_new_password_notice", queue="mail", retry=RETRY)
def mail_new_password_notice(person_id: int) -> None:
    """Mail that a password was changed."""
    notices.mail_new_password_notice(person_id)
