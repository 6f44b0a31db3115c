"""The source of a mail, to be looked at safely."""

import re
from dataclasses import dataclass

from caseway.core.text import clean

LONGEST_HEAD = 64_000
LONGEST_BODY = 128_000
"""Bytes that a page shows; all of it is in the download."""
BLANK_LINE = re.compile(rb"\r?\n\r?\n")
# Signs that turn or hide what stands beside them are shown by their number.
DECEIVING = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


@dataclass(frozen=True)
class Source:
    """Headers and body as text; `is_cut`: there is more than is shown."""

    head: str
    body: str
    is_cut: bool


def source_as_text(raw: bytes) -> Source:
    """The bytes as characters, whatever they are: what is no UTF-8 and what deceives is made visible."""
    end = BLANK_LINE.search(raw)
    head, body = (raw[: end.start()], raw[end.end() :]) if end else (raw, b"")
    return Source(
        head=_shown(head[:LONGEST_HEAD]),
        body=_shown(body[:LONGEST_BODY]),
        is_cut=len(head) > LONGEST_HEAD or len(body) > LONGEST_BODY,
    )


def _shown(raw: bytes) -> str:
    text = clean(raw.decode("utf-8", "replace"))
    return DECEIVING.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)
