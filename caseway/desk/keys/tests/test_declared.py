"""One declaration: nothing that people press is named anywhere else, and nothing in it is idle."""

import re
from pathlib import Path

import pytest

from caseway.core.ui.bundles import STATIC
from caseway.desk.keys.declared import KEYS, Scope, key_of
from config.jinja import SLICES

PAGES = [
    path
    for path in SLICES.rglob("templates/**/*.html")
    if SLICES / "core" / "ui" not in path.parents  # macros are given their keys; the reference has samples
]
TOGETHER = [
    {Scope.ANYWHERE, Scope.GO, Scope.LIST},
    {Scope.ANYWHERE, Scope.GO, Scope.CASE, Scope.WRITING},
    {Scope.ANYWHERE, Scope.GO, Scope.BOARD},
]


@pytest.mark.parametrize("scopes", TOGETHER, ids=["list", "case", "board"])
def test_a_press_means_one_thing_on_a_page(scopes: set[Scope]) -> None:
    presses = [key.press for key in KEYS if key.scope in scopes]
    assert len(presses) == len(set(presses))


def test_no_single_key_hides_a_sequence() -> None:
    firsts = {key.press.split()[0] for key in KEYS if " " in key.press}
    assert firsts == {"g"}
    assert not [key for key in KEYS if key.press in firsts]


@pytest.mark.parametrize("path", PAGES, ids=[str(path.relative_to(SLICES)) for path in PAGES])
def test_templates_name_keys_by_what_they_do(path: Path) -> None:
    written = re.findall(r'\b(?:key|shortcut|data-key|data_key)="([^"{][^"]*)"', path.read_text("utf-8"))
    assert not written, 'write key=key_of("…") and declare the key in caseway/desk/keys/declared.py'


def test_scripts_listen_to_declared_keys_only() -> None:
    presses = {key.press for key in KEYS} | {"Escape"}
    heard = [
        press
        for path in (STATIC / "js").glob("*.js")
        for press in re.findall(r'\bonKey\("([^"]+)"', path.read_text("utf-8"))
    ]
    assert heard
    assert set(heard) <= presses


def test_every_key_is_used() -> None:
    sources = [*SLICES.rglob("*.html"), *(SLICES / "desk").rglob("*.py")]
    text = "\n".join(path.read_text("utf-8") for path in sources)
    idle = [key.name for key in KEYS if not key.is_own and f'key_of("{key.name}")' not in text]
    assert not idle


def test_every_key_is_in_the_docs() -> None:
    docs = (SLICES.parent / "docs" / "users" / "desk.md").read_text("utf-8")
    keys = docs.partition("## Keys")[2].partition("\n## ")[0]
    assert not [key.press for key in KEYS if f"`{key.press}`" not in keys]


def test_a_key_that_nobody_declared_is_an_error() -> None:
    assert key_of("close") == "e"
    with pytest.raises(KeyError):
        key_of("fly")
