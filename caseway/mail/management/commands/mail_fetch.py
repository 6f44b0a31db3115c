"""`caseway mail fetch`: fetch messages from IMAP mailboxes."""

import signal
import threading

from django.core.management.base import BaseCommand

from caseway.mail.fetching.keeper import Keeper


class Command(BaseCommand):
    """Runs until SIGTERM or SIGINT, and finishes the message that it is at."""

    help = "Fetch messages from the IMAP mailboxes of all organisations, as they come."

    def handle(self, *args: object, **options: object) -> None:
        """Fetch."""
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        Keeper(stop).keep()
