"""The message catalogues: whole, and safe to put into a page."""

from pathlib import Path

import nh3
import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation import to_locale

from caseway.core.management.commands.messages import texts

LANGUAGES = [code for code, _name in settings.LANGUAGES if code != "en"]
NEARLY_ALL = 0.95
"""The share that is translated at any time: a new text may wait for its translators, not many."""


@pytest.fixture(scope="module", params=LANGUAGES)
def catalogue(request) -> Catalog:
    path = Path(settings.LOCALE_PATHS[0], to_locale(request.param), "LC_MESSAGES", "django.po")
    with path.open("rb") as file:
        return read_po(file, locale=to_locale(request.param), domain="django")


def translated(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id and any(strings(message))]


def strings(message: Message) -> list[str]:
    given = message.string
    return [str(form or "") for form in given] if isinstance(given, list | tuple) else [str(given or "")]


def original(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def test_nearly_every_text_of_the_product_is_translated(catalogue):
    done = {(message.context, message.id) for message in translated(catalogue)}
    wanted = {(message.context, message.id) for message in texts() if message.id}
    missing = sorted(str(key) for key in wanted - done)
    assert len(missing) <= (1 - NEARLY_ALL) * len(wanted), "\n".join(missing[:50])


def test_placeholders_and_plurals_are_those_of_the_original(catalogue):
    errors = [f"{message.id}: {error}" for message in catalogue for error in message.check(catalogue)]
    assert errors == []


def test_every_plural_form_is_given(catalogue):
    assert [m.id for m in translated(catalogue) if not all(strings(m))] == []


def test_no_translation_brings_markup_that_the_original_lacks(catalogue):
    bad = [
        string
        for message in translated(catalogue)
        for string in strings(message)
        if nh3.is_html(string) and not nh3.is_html(original(message))
    ]
    assert bad == []


def test_edges_stay_as_they_are(catalogue):
    """Blanks and line ends at the edges are part of the sentence that surrounds them."""
    bad = [
        original(m)
        for m in translated(catalogue)
        for string in strings(m)
        if (original(m)[:1].isspace(), original(m)[-1:].isspace())
        != (string[:1].isspace(), string[-1:].isspace())
    ]
    assert bad == []
