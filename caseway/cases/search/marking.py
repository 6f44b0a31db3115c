"""Showing where a text has what was asked for: `<mark>` around it, and the stretch of text around that."""

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from markupsafe import Markup, escape

from .asking import Asked, asked_for
from .words import is_run, pieces_of

BEFORE, LENGTH = 24, 110
"""How much of a snippet stands before the first match, and how long it is; in characters."""
_NOT_TEXT = re.compile(r"<(?:\"[^\"]*\"|'[^']*'|[^\"'>])*>|&(?:#?\w+);")
"""Tags with all their attributes, and signs written by name."""
_BLANKS = re.compile(r"\s+")


class _Unit(NamedTuple):
    """What a match is made of: a word, or one sign of a run."""

    start: int
    end: int
    sign: str


@dataclass(frozen=True)
class Marker:
    """Marks the words and phrases of one question, as the search takes them."""

    asked: Asked

    @classmethod
    def of(cls, typed: str) -> "Marker":
        """The marker of what was typed."""
        return cls(asked_for(typed))

    @cached_property
    def _sequences(self) -> dict[str, list[tuple[str, ...]]]:
        """The terms as sequences of units, the longest first, by their first unit."""
        found: dict[str, list[tuple[str, ...]]] = {}
        for term in self.asked.terms:
            units = tuple(sign for word in term.words for sign in (word if is_run(word) else [word]))
            found.setdefault(units[0], []).append(units)
        return {first: sorted(those, key=len, reverse=True) for first, those in found.items()}

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where a text has what was asked for: from and to, one after the other, read as far as needed."""
        if (start := self._start(text)) is None:
            return
        units, ahead = _units(text, start), deque[_Unit]()
        while True:
            ahead.extend(islice(units, self._longest - len(ahead)))
            if not ahead:
                return
            size = self._length_of(ahead)
            if size:
                yield ahead[0].start, ahead[size - 1].end
            for _unit in range(size or 1):
                ahead.popleft()

    def _start(self, text: str) -> int | None:
        """Where reading begins: plain text is known to have no match before a term begins, if at all."""
        if not self.asked.terms or not text.isascii():
            return 0 if self.asked.terms else None
        lower = text.lower()
        place = min((at for first in self._sequences if (at := lower.find(first)) >= 0), default=None)
        while place and lower[place - 1].isalnum():
            place -= 1
        return place

    @cached_property
    def _longest(self) -> int:
        """Of how many units the longest term is made."""
        return max(len(units) for those in self._sequences.values() for units in those)

    def _length_of(self, ahead: "deque[_Unit]") -> int:
        """How many units, from the first of these, are a match; 0 for none."""
        for wanted in self._sequences.get(ahead[0].sign, ()):
            if tuple(unit.sign for unit in islice(ahead, len(wanted))) == wanted:
                return len(wanted)
        return 0

    def text(self, text: str) -> Markup:
        """A text, escaped, with its matches marked."""
        parts, end = [], 0
        for start, stop in self.spans(text):
            parts += [escape(text[end:start]), Markup("<mark>{}</mark>").format(text[start:stop])]
            end = stop
        return Markup("").join([*parts, escape(text[end:])])

    def snippet(self, text: str) -> Markup | None:
        """The stretch of a text around its first match, on one line; None where there is no match."""
        line = _BLANKS.sub(" ", text).strip()
        first = next(self.spans(line), None)
        if first is None:
            return None
        start = max(first[0] - BEFORE, 0)
        start = line.find(" ", start, first[0]) + 1 or start if start else 0
        stop = max(start + LENGTH, first[1])
        shown = self.text(line[start:stop])
        return Markup("{}{}{}").format("…" if start else "", shown, "…" if stop < len(line) else "")

    def markup(self, html: Markup) -> Markup:
        """Safe markup with the matches in its text marked; tags and attributes stay as they are."""
        if not self.asked.terms:
            return html
        parts, end = [], 0
        for tag in _NOT_TEXT.finditer(html):
            parts += [self._marked_in_markup(html[end : tag.start()]), tag[0]]
            end = tag.end()
        parts.append(self._marked_in_markup(html[end:]))
        return Markup("".join(parts))  # noqa: S704 - what came in was safe, and gained marks alone

    def _marked_in_markup(self, text: str) -> str:
        parts, end = [], 0
        for start, stop in self.spans(text):
            parts += [text[end:start], f"<mark>{text[start:stop]}</mark>"]
            end = stop
        return "".join([*parts, text[end:]])


def _units(text: str, start: int) -> Iterator[_Unit]:
    for piece in pieces_of(text, start):
        if is_run(piece.word) and len(piece.word) == piece.end - piece.start:
            for place, sign in enumerate(piece.word, piece.start):
                yield _Unit(place, place + 1, sign)
        else:
            yield _Unit(piece.start, piece.end, piece.word)
