"""`caseway shipments import FILE`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from caseway.accounts.models import Organisation
from caseway.shipments.feed.actions import import_file
from caseway.shipments.feed.rows import Unreadable


class Command(BaseCommand):
    """Reads an order feed and prints what came of it, a line for each record that was refused."""

    help = "Reads shipments and their events from a CSV or JSON file; docs/operators/order-feed.md says how."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, whose it is, and whether only to try."""
        parser.add_argument("file", type=Path, help="a CSV or JSON file; told apart by content")
        parser.add_argument("--organisation", metavar="SLUG", help="whose feed it is")
        parser.add_argument("--dry-run", action="store_true", help="report only, store nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import; a file that can't be read as a whole ends with an error."""
        organisation = _organisation(options["organisation"])
        try:
            report = import_file(
                options["file"],
                organisation,
                dry_run=options["dry_run"],
                on_refusal=lambda refusal: self.stdout.write(f"refused {refusal}"),
            )
        except Unreadable as problem:
            raise CommandError(str(problem)) from problem
        if report.ignored_columns:
            self.stdout.write(f"columns not read: {', '.join(report.ignored_columns)}")
        tried = " (tried only, nothing stored)" if options["dry_run"] else ""
        self.stdout.write(f"{organisation}: {report.summary()}{tried}")


def _organisation(slug: str | None) -> Organisation:
    """The organisation named, or the only one there is."""
    known = {organisation.slug: organisation for organisation in Organisation.objects.filter(signs_in=True)}
    if slug is None and len(known) == 1:
        return next(iter(known.values()))
    if slug is None:
        raise CommandError(
            f"Say whose feed it is: --organisation, one of {', '.join(sorted(known)) or 'none'}."
        )
    if slug not in known:
        raise CommandError(
            f"There is no organisation “{slug}”; there are {', '.join(sorted(known)) or 'none'}."
        )
    return known[slug]
