"""Collect the texts of code and templates for the translators, and compile what they wrote."""

from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import to_locale

from caseway.core.translations import compile_catalogues

ROOT = Path(__file__).resolve().parents[4]
DOMAIN = "django"
LAZY = {
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
KEYWORDS = DEFAULT_KEYWORDS | LAZY


class Command(BaseCommand):
    """`messages` brings every catalogue up to date with the code, then compiles them."""

    help = "Updates locale/*/LC_MESSAGES/django.po from the code (see babel.cfg) and compiles them."

    def handle(self, *args: Any, **options: Any) -> None:
        """Writes catalogues and prints, for each language, how many texts still want one."""
        template = texts()
        folder = Path(settings.LOCALE_PATHS[0])
        for language in (code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE):
            path = folder / to_locale(language) / "LC_MESSAGES" / f"{DOMAIN}.po"
            missing = update(path, to_locale(language), template)
            self.stdout.write(f"{language}: {len(template) - missing} of {len(template)} translated")
        compile_catalogues(folder)


def texts() -> Catalog:
    """Every text of the product, with the places where it stands; sorted, so that diffs stay small."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, chosen = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    catalogue = Catalog(domain=DOMAIN)
    found = extract_from_dir(
        ROOT, methods, chosen, keywords=KEYWORDS, comment_tags=("Translators:",), directory_filter=_is_source
    )
    for file_name, _line, message, comments, context in sorted(found, key=lambda entry: entry[:2]):
        catalogue.add(message, locations=[(file_name, 0)], auto_comments=comments, context=context)
    return catalogue


def update(path: Path, locale: str, template: Catalog) -> int:
    """Brings one catalogue up to date, keeping what is translated; returns how many texts lack it."""
    comment = f"# {locale}: translations of Caseway."
    nobody = {"msgid_bugs_address": "", "last_translator": "", "language_team": ""}
    catalogue = Catalog(locale, DOMAIN, comment, project="Caseway", version="", fuzzy=False, **nobody)
    if path.exists():
        catalogue = read_po(BytesIO(path.read_bytes()), locale=locale, domain=DOMAIN)
    catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, sort_output=True, width=100, include_lineno=False)
    return sum(1 for message in catalogue if message.id and not _is_translated(message.string))


def _is_translated(string: Any) -> bool:
    return all(string) if isinstance(string, list | tuple) else bool(string)


def _is_source(folder: str | Path) -> bool:
    name = Path(folder).name
    return not name.startswith(".") and name not in {"var", "build", "tests", "locale", "node_modules"}
