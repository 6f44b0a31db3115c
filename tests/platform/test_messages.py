"""Collecting texts for translators."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from caseway.core.management.commands.messages import texts, update


@pytest.fixture(scope="module")
def found() -> Catalog:
    return texts()


def test_texts_of_templates_and_code_are_found(found: Catalog) -> None:
    assert found["Skip to content"].locations[0][0] == "caseway/core/templates/document.html"
    assert "Waiting for your answer" in found, "a lazy text of a module"
    assert ("and %(num)s more", "and %(num)s more") in {message.id for message in found}
    assert not any("tests/" in place for message in found for place, _line in message.locations)


def test_an_update_keeps_what_is_translated_and_drops_what_is_gone(found: Catalog, tmp_path: Path) -> None:
    path = tmp_path / "de" / "LC_MESSAGES" / "django.po"
    assert update(path, "de", found) == len(found)
    text = path.read_text("utf-8")
    path.write_text(
        text.replace('msgid "Skip to content"\nmsgstr ""', 'msgid "Skip to content"\nmsgstr "Zum Inhalt"')
        + '\nmsgid "Long gone"\nmsgstr "Lange fort"\n'
    )
    assert update(path, "de", found) == len(found) - 1
    again = path.read_bytes()
    assert "Zum Inhalt" in again.decode()
    assert "Long gone" not in again.decode()
    update(path, "de", found)
    assert path.read_bytes() == again, "twice is safe"


def test_translations_keep_their_blanks() -> None:
    """`%(name)s` and plural forms of every catalogue fit the original's."""
    folder = Path(__file__).parents[2] / "locale"
    for path in folder.glob("*/LC_MESSAGES/*.po"):
        with path.open("rb") as file:
            catalogue = read_po(file, locale=path.parts[-3])
        wrong = [(message.id, errors) for message, errors in catalogue.check()]
        assert wrong == [], path
