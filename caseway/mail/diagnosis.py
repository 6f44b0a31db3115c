"""What `caseway doctor` asks of mail."""

import smtplib
from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings

from caseway.core.clock import now
from caseway.core.diagnosis import Finding
from caseway.mail.models import Delivery, Mailbox, RawMail

PATIENCE = timedelta(minutes=15)


def relay_answers() -> Iterable[Finding]:
    """The server for outgoing mail takes our sign-in."""
    relay = settings.CASEWAY.smtp_url
    if relay is None:
        if settings.CASEWAY.is_https:
            yield Finding("no mail leaves this installation", "set CASEWAY_SMTP_URL")
        return
    try:
        kind = smtplib.SMTP_SSL if relay.security == "tls" else smtplib.SMTP
        with kind(relay.host, relay.port, timeout=10) as server:
            if relay.security == "starttls":
                server.starttls()
            if relay.user:
                server.login(relay.user, relay.password)
            server.noop()
    except (OSError, smtplib.SMTPException) as problem:
        yield Finding(
            f"the mail server {relay.host}:{relay.port} refuses us: {problem}", "see CASEWAY_SMTP_URL"
        )


def mails_leave() -> Iterable[Finding]:
    """No mail waits for long, and none was given up."""
    waiting = Delivery.objects.filter(state=Delivery.State.DUE, written_at__lt=now() - PATIENCE).count()
    if waiting:
        yield Finding(f"{waiting} mails wait for more than 15 minutes", "is a worker running? caseway worker")
    failed = Delivery.objects.filter(state=Delivery.State.FAILED).count()
    if failed:
        yield Finding(f"{failed} mails could not be sent", "each message says why, and offers Send again")


def mails_arrive() -> Iterable[Finding]:
    """Every stored mail was processed, and those held wait for a person."""
    if not Mailbox.objects.exists():
        yield Finding("no mailbox is known, so that no mail makes a case", "add one in the administration")
    stuck = RawMail.objects.filter(state=RawMail.State.RECEIVED, received_at__lt=now() - PATIENCE).count()
    if stuck:
        yield Finding(f"{stuck} mails came in and were not processed", "is a worker running? caseway worker")
