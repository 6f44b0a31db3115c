"""How text becomes words, the same for what is stored, what is asked for and what is marked.

A word is a run of letters and digits, in lower case and without accents; whatever stands between
(dashes, dots, the signs of an address) only parts words. Chinese and Japanese, which write without
blanks, are cut into overlapping pairs of signs.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from caseway.core.words import UNSPACED, pairs_of

LONGEST = 200_000
LONGEST_WORD = 60
MOST_BYTES = 300_000
"""How much of a text is indexed: beyond, PostgreSQL would refuse the document, and with it the mail."""

_ACCENTS = "\u0300-\u036f"
_PIECE = re.compile(rf"[{UNSPACED}]+|[^\W_{UNSPACED}](?:[^\W_{UNSPACED}]|[{_ACCENTS}])*")
_IS_UNSPACED = re.compile(f"[{UNSPACED}]")
_ACCENT = re.compile(f"[{_ACCENTS}]")
_LETTERS = str.maketrans({"đ": "d", "ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ı": "i"})
"""Letters that no decomposition brings back to plain ones."""


class Piece(NamedTuple):
    """A word of a text, or a run of signs of a language without blanks, and where it stands there."""

    start: int
    end: int
    word: str


def pieces_of(text: str, start: int = 0) -> Iterator[Piece]:
    """The words and runs of a text, in their order; from `start` on, which parts no word."""
    for found in _PIECE.finditer(text, start):
        word = plain(found[0])
        if word:
            yield Piece(found.start(), found.end(), word)


def is_run(word: str) -> bool:
    """Whether it is a run of signs, of which any part may be asked for."""
    return not word.isascii() and bool(_IS_UNSPACED.match(word))


def indexed_as(word: str) -> list[str]:
    """The words under which a word or run is found."""
    return pairs_of(word) if is_run(word) else [word]


def plain(word: str) -> str:
    """A word as it is compared: lower case, no accents, full-width signs made plain, not too long."""
    return word.lower()[:LONGEST_WORD] if word.isascii() else _plain(word)


@lru_cache(maxsize=20_000)
def _plain(word: str) -> str:
    bare = _ACCENT.sub("", unicodedata.normalize("NFKD", word.casefold())).translate(_LETTERS)
    signs = "".join(sign for sign in unicodedata.normalize("NFC", bare).casefold() if sign.isalnum())
    return signs if is_run(signs) else signs[:LONGEST_WORD]


def searchable(text: str) -> str:
    """The text as it is indexed: its words, parted by blanks."""
    words: list[str] = []
    size = 0
    for piece in pieces_of(text[:LONGEST]):
        for word in indexed_as(piece.word):
            size += len(word.encode()) + 1
            if size > MOST_BYTES:
                return " ".join(words)
            words.append(word)
    return " ".join(words)
