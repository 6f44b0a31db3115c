"""Sanitised HTML as a flat list of tokens.

It only reads what the sanitiser has serialised: every tag is well formed, every attribute is
quoted, and no text holds a bare "<". HTML of strangers goes to the sanitiser first.
"""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

TOKEN = re.compile(r'<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s+[\w:-]+="[^"]*")*)\s*/?>|([^<]+)|<')
ATTRIBUTE = re.compile(r'([\w:-]+)="([^"]*)"')
VOID = frozenset({"br", "hr", "img", "col", "wbr"})


@dataclass(slots=True)
class Token:
    """A tag or a run of text.

    `source` is how it is written. `name` is "" for text; `text` is unescaped, "" for tags.
    `opens` says that it is a tag that wants a closing one.
    """

    source: str
    name: str = ""
    text: str = ""
    opens: bool = False
    closes: bool = False
    attributes: dict[str, str] = field(default_factory=dict)


def tokens_of(clean: str) -> list[Token]:
    """Cut sanitised HTML into tokens."""
    tokens = []
    for found in TOKEN.finditer(clean):
        slash, name, attributes, text = found.groups()
        source = found[0]
        if text:
            tokens.append(Token(source, text=html.unescape(text)))
        elif slash:
            tokens.append(Token(source, name, closes=True))
        elif name:
            opens = name not in VOID
            pairs = _attributes_in(attributes) if attributes else {}
            tokens.append(Token(source, name, opens=opens, attributes=pairs))
    return tokens


def text_token(text: str) -> Token:
    """Make a token of plain text."""
    return Token(html.escape(text, quote=False), text=text)


def tag(name: str, attributes: dict[str, str] | None = None) -> Token:
    """Make an opening tag, or one that needs no closing."""
    attributes = attributes or {}
    pairs = "".join(f' {key}="{html.escape(value)}"' for key, value in attributes.items())
    return Token(f"<{name}{pairs}>", name, opens=name not in VOID, attributes=attributes)


def closing(name: str) -> Token:
    """Make a closing tag."""
    return Token(f"</{name}>", name, closes=True)


def written(tokens: Iterable[Token]) -> str:
    """Give tokens as HTML."""
    return "".join(token.source for token in tokens)


def _attributes_in(source: str) -> dict[str, str]:
    return {key: html.unescape(value) for key, value in ATTRIBUTE.findall(source)}
