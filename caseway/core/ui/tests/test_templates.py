"""What holds for every template of the project, whoever wrote it."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import Environment

from caseway.core.ui.bundles import STATIC
from config.jinja import SLICES

PAGES = sorted(path for path in SLICES.rglob("templates/**/*.html") if path.is_file())
IDS = [str(path.relative_to(SLICES)) for path in PAGES]
SYMBOLS = set(re.findall(r'<symbol id="([a-z-]+)"', (STATIC / "sprite.svg").read_text("utf-8")))
# Names and signs that are the same in every language.
UNTRANSLATED = {"Caseway", "@"}


class Markup(HTMLParser):
    """Tags with their attributes, and text, of a template whose Jinja parts are blanked out."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def markup_of(source: str) -> Markup:
    source = re.sub(r"\{%-?\s*trans\b.*?endtrans\s*-?%\}", "", source, flags=re.DOTALL)
    # Blocks that stand inside a tag hold attributes, no words.
    source = re.sub(r"(<style>).*?(</style>)", r"\1\2", source, flags=re.DOTALL)
    inside = r"\{% block (?:\w+_)?(?:class|attributes|look) %\}.*?\{% endblock %\}"
    source = re.sub(inside, "", source, flags=re.DOTALL)
    source = re.sub(r"(</?)\{\{.*?\}\}", r"\1x", source)
    source = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", source, flags=re.DOTALL)
    parser = Markup()
    parser.feed(source)
    return parser


@pytest.mark.parametrize("path", PAGES, ids=IDS)
class TestEveryTemplate:
    def test_has_nothing_that_the_policy_forbids(self, path) -> None:
        for tag, attributes in markup_of(path.read_text("utf-8")).tags:
            assert tag != "style" or _is_mail(path), "put it into a file of static/caseway/css"
            assert tag != "script" or "src" in attributes, "put it into a module of static/caseway/js"
            for name, value in attributes.items():
                assert name != "style" or _is_mail(path), f"<{tag} style>: use a class"
                assert not name.startswith(("on", "hx-on")), f"<{tag} {name}>: use a module"
                assert not (value or "").strip().lower().startswith("javascript:")

    def test_says_everything_through_gettext(self, path) -> None:
        for text in markup_of(path.read_text("utf-8")).texts:
            words = " ".join(text.split())
            bare = re.sub("|".join(map(re.escape, UNTRANSLATED)), "", words)
            assert not re.search(r"[A-Za-z]{2,}", bare), f'wrap it in _("…"): {words}'

    def test_names_icons_that_exist(self, path) -> None:
        source = path.read_text("utf-8")
        for name in re.findall(r'\bicon(?:=|\()"([a-z]+)"', source):
            assert f"i-{name}" in SYMBOLS, name


def _is_mail(path: Path) -> bool:
    """Mail programs know neither our policy nor our stylesheet."""
    return path.relative_to(SLICES).parts[0] in {"mail", "notifications"} or path.stem in {
        "mail",
        "mail_button",
    }


def test_every_template_compiles(env: Environment) -> None:
    names = env.list_templates(filter_func=lambda name: name.endswith(".html"))
    assert len(names) >= len(PAGES)
    for name in names:
        env.get_template(name)


def test_the_walk_sees_what_it_looks_for() -> None:
    found = markup_of(
        '<p style="x">Bare {{ _("no") }}<a onclick="y">{% trans %}no{% endtrans %}</a><b>@</b></p>'
    )
    assert found.tags[0] == ("p", {"style": "x"})
    assert found.tags[1] == ("a", {"onclick": "y"})
    assert "".join(found.texts) == "Bare @"


def test_no_symbol_is_drawn_twice() -> None:
    text = (STATIC / "sprite.svg").read_text("utf-8")
    assert len(re.findall("<symbol ", text)) == len(SYMBOLS)
    assert "style=" not in text
