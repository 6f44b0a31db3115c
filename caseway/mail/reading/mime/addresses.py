"""Mailboxes in headers (RFC 5322 section 3.4), as real programs write them.

Structure is read before encoded words are decoded, so that a decoded name can't pose as an
address. The standard library's parser recurses on nested comments; this one walks.
"""

import re

from caseway.mail.reading.mime.characters import as_one_line
from caseway.mail.reading.mime.words import decoded_words
from caseway.mail.reading.model import Address

SYMBOL = re.compile(
    r'"(?:[^"\\]|\\.)*"|=\?[^?\s]+\?[bBqQ]\?[^?]*\?=|<[^<>]*>?|\\.|[(),;:]'
    r'|(?:(?!=\?)[^"<(),;:\\])+|.',
    re.DOTALL,
)
ESCAPE = re.compile(r"\\(.)", re.DOTALL)
BARE = re.compile(r"[^\s<>\"']+@[^\s<>\"']+")


def addresses_of(value: str) -> tuple[Address, ...]:
    """Read a list of mailboxes from an unfolded header, groups flattened. Never raises."""
    reading = _Reading()
    for symbol in SYMBOL.findall(value):
        reading.take(symbol)
    reading.finish(last=True)
    return tuple(reading.found)


class _Reading:
    """The mailbox being read, and those before it."""

    def __init__(self) -> None:
        self.found: list[Address] = []
        self.before = ""
        self.depth = 0
        self.clear()

    def clear(self) -> None:
        self.words: list[str] = []
        self.comment: list[str] = []
        self.angle: str | None = None

    def take(self, symbol: str) -> None:
        if symbol in "()":
            self.depth = max(0, self.depth + (1 if symbol == "(" else -1))
        elif self.depth:
            self.comment.append(symbol)
        elif symbol in ",;":
            self.finish(last=symbol == ";")
        elif symbol == ":" and self.angle is None and "@" not in "".join(self.words):
            self.words = []
        elif symbol.startswith("<"):
            self.take_angle(symbol)
        elif symbol.startswith('"'):
            self.words.append(ESCAPE.sub(r"\1", symbol[1:].removesuffix('"')))
        else:
            self.words.append(symbol)

    def take_angle(self, symbol: str) -> None:
        if self.angle is None:
            self.angle = symbol.strip("<>").rpartition(":")[2]
            if not symbol.endswith(">"):
                self.angle, _, rest = self.angle.partition(",")
                if rest:
                    self.finish(last=False)
                    self.words.append(rest)

    def finish(self, *, last: bool) -> None:
        """End the present mailbox; a part without address is the first half of a name."""
        phrase = "".join(self.words).strip()
        name, email = self.before + phrase, ""
        if self.angle is not None:
            email = self.angle
        elif bare := BARE.search(phrase):
            email = bare[0]
            name = phrase[: bare.start()].strip() or "".join(self.comment)
        self.before = ""
        if email or (last and name):
            self.found.append(Address(_clean_name(name), _clean_email(email)))
        elif phrase:
            self.before = f"{name}, "
        self.clear()


def _clean_name(name: str) -> str:
    return " ".join(as_one_line(decoded_words(name)).split()).strip("'\" ,")


def _clean_email(email: str) -> str:
    return as_one_line(email).replace(" ", "").strip("'\"<>,;")
