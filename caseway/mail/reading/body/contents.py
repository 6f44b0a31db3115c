"""Sorts the parts of a message: text to read, files, forwarded messages, reports."""

from dataclasses import dataclass, field

from caseway.mail.reading.mime.part import Part
from caseway.mail.reading.mime.structure import MESSAGES, structure_of
from caseway.mail.reading.wrapped.signed import signed_content
from caseway.mail.reading.wrapped.tnef import is_tnef, unwrapped

READABLE = frozenset({"text/plain", "text/html", "text/enriched", "text/markdown"})
NEVER_SHOWN = frozenset({"text/x-amp-html", "text/x-watch-html"})
DELIVERY_STATUS = frozenset({"message/delivery-status", "message/global-delivery-status"})
RETURNED_HEADERS = frozenset({"text/rfc822-headers", "message/global-headers"})
REPORT_PARTS = DELIVERY_STATUS | RETURNED_HEADERS | {"message/disposition-notification"}


MOST_WRAPPED = 20
"""So many signed or encapsulated parts are opened; more stay the files that they are."""


@dataclass
class Passage:
    """Text of one place in the message, in up to two forms that say the same."""

    plain: list[Part] = field(default_factory=list)
    html: list[Part] = field(default_factory=list)


@dataclass
class Contents:
    """The parts of one message, without those of messages inside it, each in its order.

    `depth` is how many multiparts the deepest part is in.
    """

    passages: list[Passage] = field(default_factory=list)
    files: list[Part] = field(default_factory=list)
    messages: list[Part] = field(default_factory=list)
    calendars: list[Part] = field(default_factory=list)
    reports: list[Part] = field(default_factory=list)
    preamble: bytes = b""
    depth: int = 0
    unwrapped: int = 0


def contents_of(root: Part) -> Contents:
    """Sort the parts below `root`, however deep, without recursion."""
    contents = Contents()
    pending: list[tuple[Part, Passage | None, int]] = [(root, None, 0)]
    while pending:
        part, alternative, depth = pending.pop()
        contents.depth = max(contents.depth, depth)
        if part.type.startswith("multipart/") and part.children:
            if part.type == "multipart/alternative" and alternative is None:
                alternative = Passage()
                contents.passages.append(alternative)
            pending += [(child, alternative, depth + 1) for child in reversed(part.children)]
        elif within := _signed_message(part, contents):
            pending.append((within, alternative, depth + 1))
        elif _is_encapsulated(part, contents) and _unpack(part, contents):
            continue
        else:
            _sort(part, alternative, contents)
    if root.children and root.type.startswith("multipart/"):
        contents.preamble = _preamble(root)
    return contents


def _signed_message(part: Part, contents: Contents) -> Part | None:
    """The message within an opaque signature, read in its place."""
    if contents.unwrapped >= MOST_WRAPPED:
        return None
    content = signed_content(part)
    if not content.strip():
        return None
    contents.unwrapped += 1
    return structure_of(content)[0]


def _is_encapsulated(part: Part, contents: Contents) -> bool:
    return contents.unwrapped < MOST_WRAPPED and is_tnef(part)


def _unpack(part: Part, contents: Contents) -> bool:
    """Put the files of a winmail.dat in its place, and its text where there is no other; False where
    it holds neither, and stays a file itself."""
    contents.unwrapped += 1
    within = unwrapped(part.content())
    has_text = any(passage.plain or passage.html for passage in contents.passages)
    text = None if has_text else within.text
    if text is not None:
        _add_text(text, None, contents)
    contents.files += within.files
    return bool(within.files or text)


def _sort(part: Part, alternative: Passage | None, contents: Contents) -> None:
    if part.type in MESSAGES:
        contents.messages.append(part)
        contents.files.append(part)
    elif part.type in REPORT_PARTS:
        contents.reports.append(part)
    elif part.type in NEVER_SHOWN and alternative is not None:
        return
    elif _is_text(part) or (_is_named_text(part) and not contents.passages):
        _add_text(part, alternative, contents)
    elif not part.type.startswith("multipart/"):
        if part.type == "text/calendar":
            contents.calendars.append(part)
        contents.files.append(part)


def _is_text(part: Part) -> bool:
    """Say whether a part is there to be read, not to be saved.

    A multipart without a single boundary is text too: somebody wrote it for someone.
    """
    if part.type.startswith("multipart/"):
        return bool(part.body.strip().removeprefix(f"--{part.content_type.get('boundary')}--".encode()))
    if part.disposition.value == "attachment" or part.type not in READABLE:
        return False
    return part.parent is None or not part.file_name


def _is_named_text(part: Part) -> bool:
    """Some programs name even the text itself: it is the text where there is no other."""
    return part.type == "text/plain" and part.disposition.value in {"", "inline"}


def _add_text(part: Part, alternative: Passage | None, contents: Contents) -> None:
    passage = alternative
    if passage is None:
        passage = Passage()
        contents.passages.append(passage)
    (passage.html if part.type == "text/html" else passage.plain).append(part)


def _preamble(root: Part) -> bytes:
    """What stands before the first boundary; only shown where nothing else is."""
    before = root.raw[root.start : root.children[0].begin]
    return before.rpartition(b"--")[0].strip()
