"""Markdown to safe HTML: what is written in a guide can neither run nor fetch anything.

Raw HTML and images are no Markdown here, and what comes out passes through Ammonia (nh3) all
the same: two locks, since either alone has been picked before.
"""

from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

_PARSER = MarkdownIt("commonmark", {"html": False, "maxNesting": 12}).enable("table").disable("image")
_TAGS = "a blockquote br code em h3 h4 h5 h6 hr li ol p pre strong table tbody td th thead tr ul"
_CLEANER = nh3.Cleaner(
    tags=set(_TAGS.split()),
    attributes={"a": {"href"}, "ol": {"start"}},
    link_rel="nofollow noopener noreferrer",
    # A guide opens over a form, which must not be left.
    set_tag_attribute_values={"a": {"target": "_blank"}},
    url_schemes={"http", "https", "mailto", "tel"},
    url_relative="deny",
)
_DEEPER = {"h1": "h3", "h2": "h4", "h3": "h5", "h4": "h6", "h5": "h6", "h6": "h6"}


def parsed(markdown: str) -> list[Token]:
    """The parts of a guide's text, in their order."""
    return _PARSER.parse(markdown)


@lru_cache(maxsize=256)
def as_html(markdown: str) -> Markup:
    """The text of a guide as HTML. Its headings begin below the title of the page's part (h3)."""
    tokens = _PARSER.parse(markdown)
    for token in tokens:
        token.tag = _DEEPER.get(token.tag, token.tag)
    html = _CLEANER.clean(_PARSER.renderer.render(tokens, _PARSER.options, {}))
    return Markup(html)  # noqa: S704 - nh3 has just cleaned it


def as_text(markdown: str) -> str:
    """The words of a guide without its marks: one paragraph, heading, item or row to a line."""
    parts, line = [], []
    for token in _PARSER.parse(markdown):
        if token.type == "inline":
            line.append("".join(_words_of(child.type, child.content) for child in token.children or []))
        elif token.type in ("fence", "code_block"):
            parts.append(token.content)
        elif token.type.endswith("_close") and token.type not in ("th_close", "td_close") and line:
            parts.append(" ".join(line))
            line = []
    return "\n".join(part.strip() for part in parts if part.strip())


def _words_of(kind: str, content: str) -> str:
    return " " if kind in ("softbreak", "hardbreak") else content
