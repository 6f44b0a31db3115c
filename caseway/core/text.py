"""Text from outside, made storable: PostgreSQL takes neither NUL nor lone surrogates."""

import re
import unicodedata

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BIDI = re.compile(r"[\u202a-\u202e\u2066-\u2069]")


def clean(text: str) -> str:
    """`text` without control characters and lone surrogates, with plain line ends."""
    mended = text.encode("utf-8", "replace").decode("utf-8")
    return _CONTROL.sub("", mended.replace("\r\n", "\n").replace("\r", "\n"))


def clean_line(text: str, limit: int = 250) -> str:
    """`text` on one line, blanks folded, without marks that turn its direction; at most `limit` long."""
    line = _BIDI.sub("", clean(text))
    return " ".join(unicodedata.normalize("NFC", line).split())[:limit].strip()


def normal_address(address: str) -> str:
    """An e-mail address as it is stored and compared: trimmed and in lower case."""
    return clean_line(address, 254).lower()


def excerpt(text: str, limit: int = 160) -> str:
    """The beginning of `text` on one line, cut at a word, with an ellipsis where something is missing."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    return line[: limit - 1].rsplit(" ", 1)[0].rstrip(",;:-") + "…"
