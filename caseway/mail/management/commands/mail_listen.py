"""`caseway mail listen`: take messages over SMTP and LMTP."""

import asyncio
import threading
from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from caseway.mail.fetching.keeper import Keeper
from caseway.mail.listening.servers import Listening, listen


class Command(BaseCommand):
    """Runs until SIGTERM or SIGINT, on the ports of the settings."""

    help = "Take messages over SMTP and LMTP, and store them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One option."""
        parser.add_argument("--fetch", action="store_true", help="fetch from IMAP mailboxes as well")

    def handle(self, *args: object, fetch: bool, **options: object) -> None:
        """Listen."""
        stop = threading.Event()
        fetcher = threading.Thread(target=Keeper(stop).keep, name="mail fetcher")
        if fetch:
            fetcher.start()
        try:
            self._listen()
        finally:
            stop.set()
            if fetch:
                fetcher.join()

    def _listen(self) -> None:
        chosen = settings.CASEWAY
        where = Listening(
            chosen.mail_host,
            chosen.mail_smtp_port,
            chosen.mail_lmtp_port,
            settings.MAIL_DOMAIN,
            chosen.mail_certificate,
        )
        try:
            asyncio.run(listen(where))
        except OSError as error:
            raise CommandError(f"The mail listener can't listen on {where.host}: {error}") from error
