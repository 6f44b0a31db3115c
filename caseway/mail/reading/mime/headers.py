"""The header block of a message or part."""

import re
from collections.abc import Callable, Iterator

from caseway.mail.reading.mime.characters import as_one_line
from caseway.mail.reading.mime.charsets import text_of
from caseway.mail.reading.mime.words import decoded_words

FIELD = re.compile(rb"([^\x00-\x20:\x7f-\xff]+)[ \t]*:([^\n]*(?:\n[ \t][^\n]*)*)(?:\n|\Z)")
BLANK_LINE = re.compile(rb"\r?(?:\n|\Z)")
END_OF_BLOCK = re.compile(rb"\n\r?(?:\n|\Z)")
# What mailbox files and editors put before a message.
LEADING = re.compile(rb"(?:\xef\xbb\xbf)?(?:>?From [^\n]*(?:\n|\Z))?")
# A line that lost its indentation, before a header that surely is one.
STRAY = re.compile(
    rb"([^\n]+)\n(?=(?:from|to|cc|subject|date|message-id|mime-version|content-type|received|references"
    rb"|in-reply-to|reply-to|content-transfer-encoding)[ \t]*:)",
    re.IGNORECASE,
)
FOLD = re.compile(r"\r?\n[ \t]?")

MOST_FIELDS = 100_000
MOST_OF_ONE_NAME = 200
LONGEST_MENDED = 10_000


class Headers:
    """Fields by lower-case name, in order; values are undecoded until asked for."""

    __slots__ = ("_last", "_values", "cut")

    def __init__(self) -> None:
        self._values: dict[str, list[bytes]] = {}
        self._last = ""
        self.cut = False

    def add(self, name: str, value: bytes) -> None:
        """Keep one more value of `name`, up to a limit that no honest message reaches."""
        self._last = name.lower()
        values = self._values.setdefault(self._last, [])
        if len(values) < MOST_OF_ONE_NAME:
            values.append(value)
        else:
            self.cut = True

    def extend_last(self, line: bytes) -> None:
        """Add a line to the value that was added last, where its indentation was lost."""
        values = self._values.get(self._last)
        if values and len(values[-1]) < LONGEST_MENDED:
            values[-1] += b" " + line.strip()

    def __len__(self) -> int:
        return len(self._values)

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def raw(self, name: str) -> str:
        """Give the first value of `name` as text, encoded words untouched; "" if none."""
        return next(self.raw_values(name), "")

    def raw_values(self, name: str) -> Iterator[str]:
        """Give every value of `name` as text of one line, encoded words untouched."""
        for value in self._values.get(name, ()):
            yield _unfolded(value)

    def text(self, name: str) -> str:
        """Give the first value of `name` as a reader should see it; "" if none."""
        return as_one_line(decoded_words(self.raw(name)))

    def texts(self, name: str) -> list[str]:
        """Give every value of `name` as a reader should see it."""
        return [as_one_line(decoded_words(value)) for value in self.raw_values(name)]


def _unfolded(value: bytes) -> str:
    return FOLD.sub(" ", text_of(value)).strip()


def _take_field(raw: bytes, position: int, headers: Headers) -> int | None:
    """Add the field at `position`; give where it ends, None if there is none."""
    field = FIELD.match(raw, position)
    if field:
        headers.add(field[1].decode("ascii"), field[2])
        return field.end()
    stray = STRAY.match(raw, position)
    if stray and headers:
        headers.extend_last(stray[1])
        return stray.end()
    return None


def read_headers(raw: bytes, start: int, is_boundary: Callable[[int], bool]) -> tuple[Headers, int]:
    """Read the block that begins at `start`; give it and where the body begins.

    The block ends at an empty line, at a boundary, or at a line that is no header: that line
    is text then, so that nothing written is lost.
    """
    headers = Headers()
    leading = LEADING.match(raw, start)
    position = leading.end() if leading else start
    for _ in range(MOST_FIELDS):
        blank = BLANK_LINE.match(raw, position)
        if blank:
            return headers, blank.end()
        if raw.startswith(b"--", position) and is_boundary(position):
            return headers, position
        end_of_field = _take_field(raw, position, headers)
        if end_of_field is None:
            return headers, position
        position = end_of_field
    headers.cut = True
    end = END_OF_BLOCK.search(raw, position)
    return headers, end.end() if end else len(raw)
