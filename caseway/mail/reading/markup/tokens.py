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
    """A tag or a run of text; `text` is unescaped, `name` is "" for text."""

    name: str = ""
    closes: bool = False
    text: str = ""
    attributes: dict[str, str] = field(default_factory=dict)

    @property
    def opens(self) -> bool:
        """Say whether it is a tag that wants a closing one."""
        return bool(self.name) and not self.closes and self.name not in VOID

    def written(self) -> str:
        """Give the token as HTML."""
        if not self.name:
            return html.escape(self.text, quote=False)
        if self.closes:
            return f"</{self.name}>"
        attributes = "".join(
            f' {name}="{html.escape(value)}"' for name, value in self.attributes.items()
        )
        return f"<{self.name}{attributes}>"


def tokens_of(clean: str) -> list[Token]:
    """Cut sanitised HTML into tokens."""
    tokens = []
    for found in TOKEN.finditer(clean):
        slash, name, attributes, text = found.groups()
        if text:
            tokens.append(Token(text=html.unescape(text)))
        elif name:
            pairs = {key: html.unescape(value) for key, value in ATTRIBUTE.findall(attributes)}
            tokens.append(Token(name=name, closes=bool(slash), attributes=pairs))
    return tokens


def written(tokens: Iterable[Token]) -> str:
    """Give tokens as HTML."""
    return "".join(token.written() for token in tokens)
