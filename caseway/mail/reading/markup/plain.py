"""Sanitised HTML as lines that can be read: paragraphs, lists, links and quotes kept."""

import re

from caseway.mail.reading.markup.marks import Mark
from caseway.mail.reading.markup.tokens import Token
from caseway.mail.reading.reply.attribution import is_attribution
from caseway.mail.reading.reply.lines import Hint, Line

SPACES = re.compile(r"[ \t\n\u00a0]+")
_BLOCKS = (
    "address article aside blockquote caption center dd div dl dt figcaption figure footer h1 h2 h3 "
    "h4 h5 h6 header li main nav ol p pre section table tbody tfoot thead tr ul"
)
BLOCKS = frozenset(_BLOCKS.split())
SPACED = frozenset(["blockquote", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "ol", "p", "pre", "table", "ul"])
STRENGTH = tuple(Hint)
RULE = "_" * 32
HINTS = {
    Mark.HISTORY: Hint.HISTORY,
    Mark.QUOTE: Hint.QUOTE,
    Mark.ATTRIBUTION: Hint.ATTRIBUTION,
    Mark.SIGNATURE: Hint.SIGNATURE,
}
LONGEST_ADDRESS = 2_000
# Preformatted text of more lines stays in one piece: nobody answers between them.
MOST_LINES_APART = 20_000


def lines_of_markup(tokens: list[Token]) -> list[Line]:
    """Render tokens as lines; quoted ones begin with ">", each knows its first token."""
    rendering = _Rendering()
    for index, token in enumerate(tokens):
        rendering.index = index
        rendering.take(token)
    rendering.end_line()
    while rendering.lines and not rendering.lines[-1].text.strip("> "):
        rendering.lines.pop()
    return rendering.lines


class _Element:
    """An open element, and what it means for the lines within."""

    __slots__ = ("counter", "hint", "name", "quotes", "start", "tight", "url")

    def __init__(self, token: Token) -> None:
        mark = token.attributes.get("class", "")
        self.name = token.name
        self.tight = mark == Mark.TIGHT
        self.hint = HINTS.get(Mark(mark)) if mark else None
        self.quotes = False
        self.url = token.attributes.get("href", "")
        self.start = 0
        start = token.attributes.get("start", "1")
        self.counter = int(start) if start.isdecimal() else 1


class _Rendering:
    """The line being written, and the elements around it."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.open: list[_Element] = []
        self.pieces: list[str] = []
        self.bullet = ""
        self.index = 0
        self.first: int | None = None
        self.depth = 0
        self.preformatted = 0
        self.lists: list[_Element] = []
        self.hints: list[Hint] = []
        self.pending_hint: Hint | None = None

    def take(self, token: Token) -> None:
        if not token.name:
            self.take_text(token.text)
        elif token.closes:
            self.close(token.name)
        elif token.opens:
            self.open_element(token)
        else:
            self.take_void(token)

    def take_text(self, text: str) -> None:
        if not self.preformatted:
            if self.first is None and "\u00a0" in text and not text.strip():
                self.first = self.index  # Word's empty paragraphs hold a space that doesn't break
            self.write(SPACES.sub(" ", text))
            return
        if text.count("\n") > MOST_LINES_APART:
            self.write(text)
            return
        first, *others = text.split("\n")
        self.write(first)
        for line in others:
            self.break_line()
            self.write(line)

    def write(self, text: str) -> None:
        if not self.pieces and not self.preformatted:
            text = text.lstrip()
        if text:
            if self.first is None:
                self.first = self.index
            self.pieces.append(text)

    def take_void(self, token: Token) -> None:
        if token.name == "br":
            self.break_line()
        elif token.name == "hr":
            self.end_line()
            if "class" in token.attributes:
                self.pending_hint = HINTS.get(Mark(token.attributes["class"]))
            self.write(RULE)
            self.end_line()
        elif token.name == "img" and (alternative := token.attributes.get("alt", "").strip()):
            self.write(f"[{SPACES.sub(' ', alternative)}]")

    def open_element(self, token: Token) -> None:
        element = _Element(token)
        self.open.append(element)
        if token.name in BLOCKS:
            self.end_line(spaced=token.name in SPACED and not element.tight)
        if element.hint:
            self.hints.append(element.hint)
        self.open_by_name(token, element)

    def open_by_name(self, token: Token, element: _Element) -> None:
        name = token.name
        if name == "blockquote":
            element.quotes = self.is_quote(token)
            self.depth += element.quotes
        elif element.hint is Hint.QUOTE:
            element.quotes = True
            self.depth += 1
        elif name == "pre":
            self.preformatted += 1
        elif name in {"ul", "ol"}:
            self.lists.append(element)
        elif name == "li":
            self.write_bullet()
        elif name in {"td", "th"} and self.pieces:
            self.write("  ")
        element.start = len(self.pieces)

    def is_quote(self, token: Token) -> bool:
        """A block quote without any sign is a quote only after "so and so wrote"."""
        if token.attributes.get("type") == "cite" or "class" in token.attributes or self.depth:
            return True
        before = next((line for line in reversed(self.lines[-6:]) if line.text.strip()), None)
        return before is not None and (before.hint is Hint.ATTRIBUTION or is_attribution(before.text))

    def write_bullet(self) -> None:
        indent = "  " * (len(self.lists) - 1)
        if self.lists and self.lists[-1].name == "ol":
            self.bullet = f"{indent}{self.lists[-1].counter}. "
            self.lists[-1].counter += 1
        else:
            self.bullet = f"{indent}- "

    def close(self, name: str) -> None:
        if not self.open or self.open[-1].name != name:
            return
        element = self.open.pop()
        if name == "a":
            self.write_address(element)
        if name in BLOCKS:
            self.end_line()
            if name in SPACED and not element.tight:
                self.blank_line()
        self.depth -= element.quotes
        self.preformatted -= name == "pre"
        if self.lists and self.lists[-1] is element:
            self.lists.pop()
        if element.hint:
            self.hints.pop()

    def write_address(self, element: _Element) -> None:
        url = element.url
        label = "".join(self.pieces[element.start :]).strip()
        is_web = url.startswith(("http://", "https://")) and len(url) <= LONGEST_ADDRESS
        if is_web and label and label.rstrip("/") not in url and url not in label:
            self.write(f" <{url}>")

    def break_line(self) -> None:
        if "".join(self.pieces).strip():
            self.end_line()
        else:
            self.pieces = []
            self.blank_line()

    def blank_line(self) -> None:
        if self.lines and self.lines[-1].text.strip("> "):
            self.add("")

    def end_line(self, *, spaced: bool = False) -> None:
        text = "".join(self.pieces).rstrip()
        self.pieces = []
        if text.strip():
            self.add(text)
        elif self.first is not None and not self.preformatted:
            self.blank_line()
        self.first = None
        if spaced and not self.bullet:
            self.blank_line()

    def add(self, text: str) -> None:
        """Put a line down; inside of quotes it carries their marks."""
        marks = ">" * self.depth
        hint = self.pending_hint or (min(self.hints, key=STRENGTH.index) if self.hints else None)
        if text:
            text, self.bullet = self.bullet + text, ""
            self.pending_hint = None
        start = self.index if self.first is None else self.first
        self.lines.append(Line(f"{marks} {text}" if marks and text else marks + text, hint, start))
        self.first = None
