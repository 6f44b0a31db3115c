"""`caseway worker`: do the jobs of the queue."""

import asyncio
from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand

from caseway.mail.upkeep.worker import work


class Command(BaseCommand):
    """Runs until SIGTERM or SIGINT, and finishes what it is doing before it ends."""

    help = "Do the jobs of the queue: mails in and out, and whatever happens by the clock."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One option."""
        parser.add_argument(
            "--jobs", type=int, default=settings.CASEWAY.jobs, help="jobs done at the same time"
        )

    def handle(self, *args: object, jobs: int, **options: object) -> None:
        """Work."""
        asyncio.run(work(jobs))
