"""The message catalogues: whole, and safe to put into a page."""

import multiprocessing
import shutil
from pathlib import Path
from typing import Any

import nh3
import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation import to_locale

from caseway.core.management.commands.messages import texts
from caseway.core.translations import compile_catalogues

LANGUAGES = [code for code, _name in settings.LANGUAGES if code != "en"]
NEARLY_ALL = 0.95
"""The share that is translated at any time: a new text may wait for its translators, not many."""


def path_of(language: str) -> Path:
    return Path(settings.LOCALE_PATHS[0], to_locale(language), "LC_MESSAGES", "django.po")


@pytest.fixture(scope="module", params=LANGUAGES)
def catalogue(request) -> Catalog:
    with path_of(request.param).open("rb") as file:
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


def compile_once(gate: Any, folder: str) -> None:
    gate.wait()
    compile_catalogues(Path(folder))


def test_several_may_compile_at_once(tmp_path):
    for language in LANGUAGES:
        place = tmp_path / language / "LC_MESSAGES"
        place.mkdir(parents=True)
        shutil.copy(path_of(language), place)
    forked = multiprocessing.get_context("fork")
    gate = forked.Barrier(4)
    workers = [forked.Process(target=compile_once, args=(gate, str(tmp_path))) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0] * 4
    assert len(list(tmp_path.rglob("*"))) == len(LANGUAGES) * 4, "folder, folder, source, compiled"


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
