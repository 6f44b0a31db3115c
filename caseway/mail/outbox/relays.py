"""What carries a mail away: the SMTP server of the settings, or nothing but the outbox page."""

from typing import Protocol

from django.conf import settings

from caseway.mail.models import Delivery

from .smtp import SmtpRelay


class Relay(Protocol):
    """Takes mails one after the other."""

    name: str
    keeps_no_copy: bool

    def ready(self) -> None:
        """Make sure that the next mail will be heard. Raises Unreachable."""

    def carry(self, delivery: Delivery) -> None:
        """Hand one mail over. Raises Refused for this mail, Unreachable for all of them."""

    def close(self) -> None:
        """Hang up."""


class OutboxPage:
    """Without a mail server mails stay here, are shown at /dev/outbox, and count as sent."""

    name = "outbox"
    keeps_no_copy = False

    def ready(self) -> None:
        """Always."""

    def carry(self, delivery: Delivery) -> None:
        """Nothing is to be done: the row is what the page shows."""

    def close(self) -> None:
        """Nothing is open."""


def relay_of_settings() -> Relay:
    """The relay that CASEWAY_SMTP_URL names."""
    server = settings.MAIL_RELAY
    return SmtpRelay(server) if server else OutboxPage()
