"""Single values of a feed, checked. Each raises `Wrong` with what is wrong and how to mend it."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from caseway.core.text import clean_line

from .rows import Value

_ROUNDED = re.compile(r"\d([.,]\d+)?E\+\d+")
_COUNTRY = re.compile(r"[A-Za-z]{2}")
_YEARS = range(2000, 2100)
YES = frozenset({"1", "y", "yes", "true", "t", "x"})
NO = frozenset({"0", "n", "no", "false", "f"})


class Wrong(ValueError):
    """A value that can't be taken."""


def text(value: Value, limit: int) -> str:
    """`value` on one line, at most `limit` characters long."""
    if isinstance(value, bool | float):
        raise Wrong(f"{value!r} is not text: put it in quotes")
    line = clean_line(str(value), limit + 1)
    if len(line) > limit:
        raise Wrong(f"is longer than {limit} characters: shorten it")
    return line


def identifier(value: Value, limit: int = 60) -> str:
    """A number of a shipment. A number that a spreadsheet has rounded is refused."""
    line = text(value, limit)
    if not any(sign.isalnum() for sign in line):
        raise Wrong(f"“{line}” holds no letter and no digit")
    if _ROUNDED.fullmatch(line.upper()):
        raise Wrong(f"“{line}” was rounded by a spreadsheet: format the column as text and export again")
    return line


def choice(value: Value, words: Mapping[str, str], plain: str, known: str) -> str:
    """The choice that `plain`, the value as words are compared, means; `known` lists all for the message."""
    if plain not in words:
        raise Wrong(f"“{value}” is not known: use one of {known}")
    return words[plain]


def country(value: Value) -> str:
    """A country by its two letters (ISO 3166-1)."""
    line = text(value, 60)
    if not _COUNTRY.fullmatch(line):
        raise Wrong(f"“{line}” is not a country's two letters, such as US or DE")
    return line.upper()


def flag(value: Value) -> bool:
    """Yes or no."""
    word = str(value).strip().lower()
    if word not in YES | NO:
        raise Wrong(f"“{value}” is neither yes nor no")
    return word in YES


def moment(value: Value, zone: ZoneInfo, *, at: time = time.min) -> datetime:
    """A moment in UTC from ISO 8601; without offset it is the local time of `zone`.

    A date alone is that day at `at`. Of a local hour that occurs twice, the first is meant.
    """
    line = text(value, 40)
    try:
        found = (
            datetime.combine(date.fromisoformat(line), at)
            if len(line) == 10
            else datetime.fromisoformat(line)
        )
    except ValueError:
        raise Wrong(
            f"“{line}” is not a date: write 2026-11-19T14:05-05:00, 2026-11-19 14:05 or 2026-11-19"
        ) from None
    if found.year not in _YEARS:
        raise Wrong(f"“{line}” is in the year {found.year}")
    return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)
