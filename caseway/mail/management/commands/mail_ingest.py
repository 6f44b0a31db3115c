"""`caseway mail ingest`: one message from standard input, stored and processed at once."""

import json
import sys
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from caseway.mail.incoming.ingesting import ingest


class Command(BaseCommand):
    """Prints one JSON object; ends with 0 unless the message could not be stored."""

    help = "Take one message (RFC 5322) from standard input, store and process it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One option."""
        parser.add_argument("--mailbox", metavar="ADDRESS", help="the address that the message was sent to")

    def handle(self, *args: object, mailbox: str | None, **options: object) -> None:
        """Ingest."""
        raw = sys.stdin.buffer.read()
        try:
            told = ingest(raw, recipients=[mailbox] if mailbox else [])
        except (DatabaseError, OSError) as error:
            raise CommandError(f"The message could not be stored: {error}") from error
        self.stdout.write(json.dumps(told.as_json()))
