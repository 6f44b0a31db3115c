"""Django's own mails (a new password, an invitation) by way of the outbox."""

from collections.abc import Sequence
from email.utils import parseaddr

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend

from caseway.mail.models import Delivery

from .actions import write
from .letters import Letter, Recipient, Words


class OutboxBackend(BaseEmailBackend):
    """Writes each mail as one delivery per recipient, so that it is retried and can be seen."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Put the mails into the outbox; returns how many there were."""
        for mail in email_messages:
            words = Words(str(mail.subject), str(mail.body), _html_of(mail))
            for recipient in mail.recipients():
                name, address = parseaddr(recipient)
                letter = Letter(purpose=Delivery.Purpose.ACCOUNT, to=Recipient(address, name), words=words)
                write(letter)
        return len(email_messages)


def _html_of(mail: EmailMessage) -> str:
    if not isinstance(mail, EmailMultiAlternatives):
        return ""
    return next((str(a[0]) for a in mail.alternatives if a[1] == "text/html"), "")
