"""Tells what a file is by looking at it: format, encoding."""

import codecs
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from .rows import Unreadable

CSV, JSON = "csv", "json"
CHUNK = 1 << 20
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True)
class Source:
    """A file that can be read, as often as wanted."""

    path: Path
    format: str
    encoding: str

    def open(self) -> TextIO:
        """The file's text. Line ends stay as they are, since a quoted value may hold some."""
        return self.path.open(encoding=self.encoding, errors="replace", newline="")


def look_at(path: Path) -> Source:
    """What the file is; raises Unreadable where it is nothing that we read."""
    try:
        with path.open("rb") as file:
            head = file.read(CHUNK)
            encoding = _marked(head) or _guessed(head, file.read)
    except OSError as problem:
        raise Unreadable(f"{path} can't be read: {problem.strerror}.") from problem
    return Source(path, _format(head.decode(encoding, "replace"), path), encoding)


def _marked(head: bytes) -> str | None:
    return next((encoding for mark, encoding in _MARKS if head.startswith(mark)), None)


def _guessed(head: bytes, read: Callable[[int], bytes]) -> str:
    """UTF-8 if all of the file is; else Windows-1252, which is what spreadsheets write in the West."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    chunk = head
    try:
        while chunk:
            decoder.decode(chunk)
            chunk = read(CHUNK)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _format(head: str, path: Path) -> str:
    text = head.lstrip("\ufeff \t\r\n")
    if not text:
        raise Unreadable(f"{path} is empty.")
    if text.startswith("ISA") and not text[3:4].isalnum():
        raise Unreadable(f"{path} is X12, which is not read yet: send CSV or JSON.")
    if text.startswith(("UNA", "UNB")) and not text[3:4].isalnum():
        raise Unreadable(f"{path} is EDIFACT, which is not read yet: send CSV or JSON.")
    if "\x00" in text[:1000] or text.startswith(("PK\x03\x04", "%PDF")):
        raise Unreadable(f"{path} is not text: save the spreadsheet as CSV (UTF-8).")
    return JSON if text[0] in "[{" else CSV
