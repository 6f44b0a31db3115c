"""Make and collect everything a browser loads."""

import gzip
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.core.management.base import BaseCommand

from caseway.core.ui.bundles import ENTRIES, bundle
from caseway.core.ui.numbers import filesize

STYLE, SHELLS = "caseway/caseway.css", ("portal", "desk")
SHARED = ("caseway/sprite.svg", "django_htmx/htmx-2.min.js")


class Command(BaseCommand):
    """`assets` collects static files, bundles included; `assets --sizes` only weighs them."""

    help = "Builds the stylesheet and scripts and collects all static files into STATIC_ROOT."

    def add_arguments(self, parser: Any) -> None:
        """Adds `--sizes`."""
        parser.add_argument("--sizes", action="store_true", help="only print compressed sizes")

    def handle(self, *args: Any, **options: Any) -> None:
        """Collects unless told otherwise, and prints what a first visit loads."""
        if not options["sizes"]:
            call_command("collectstatic", interactive=False, verbosity=0)
            self.stdout.write(f"Collected into {settings.STATIC_ROOT}")
        found = weights()
        for name, size in (found | first_visits(found)).items():
            self.stdout.write(f"{filesize(size):>8}  {name}")


def weights() -> dict[str, int]:
    """Bytes of each asset after gzip, as a browser receives it."""
    texts = {name: bundle(name).encode() for name in ENTRIES}
    for name in SHARED:
        path = finders.find(name)
        if path:
            texts[name] = Path(path).read_bytes()
    return {name: len(gzip.compress(text, 9)) for name, text in texts.items()}


def first_visits(found: Mapping[str, int]) -> dict[str, int]:
    """Bytes of what the first visit of each shell loads beside its page, of these `weights`."""
    shared = sum(found[name] for name in (STYLE, *SHARED) if name in found)
    return {f"first visit of the {shell}": shared + found[f"caseway/{shell}.js"] for shell in SHELLS}
