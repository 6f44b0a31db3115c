"""`caseway synthesize`: fast bulk load of believable data."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from caseway.demo.password import PASSWORD
from caseway.demo.synthesis.load import synthesize

WIDTH = 32


class Command(BaseCommand):
    """Loads a synthetic world with a progress bar."""

    help = "Fast bulk load of believable data."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Size and seed of the world."""
        parser.add_argument("--cases", type=int, required=True, help="how many cases")
        parser.add_argument("--organisations", type=int, default=None, help="default: 1 for each 1,000 cases")
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Load it, and say how long it took and who can sign in."""
        cases = options["cases"]
        organisations = options["organisations"] or max(4, min(100, cases // 1000))
        if cases < 1 or organisations < 2:
            raise CommandError("Ask for at least 1 case and 2 organisations.")
        started = time.monotonic()
        tenants = synthesize(cases, organisations, options["seed"], self._show)
        seconds = time.monotonic() - started
        self.stdout.write("")
        self.stdout.write(f"{cases} cases of {organisations} organisations in {seconds:.0f} s.")
        self.stdout.write(f"Sign in as agent1@{tenants[0].organisation.slug}.example with {PASSWORD}.")

    def _show(self, done: int, total: int, what: str) -> None:
        filled = WIDTH * done // total
        bar = "█" * filled + "·" * (WIDTH - filled)
        self.stdout.write(f"\r{bar} {done:>9,} of {total:,} {what:<14}", ending="")
        self.stdout.flush()
