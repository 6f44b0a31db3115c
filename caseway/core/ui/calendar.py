"""Dates, clocks and lengths of time in the words of a locale.

Babel's formatting takes tens of microseconds; a list asks for a hundred of them, but for few
different ones, hence the caches.
"""

from datetime import date, datetime, time, timedelta
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time, format_timedelta

_SIZE = 4096
_NOON = time(12)


@lru_cache(_SIZE)
def whole_date(day: date, locale: Locale) -> str:
    """As "Wednesday, 19 November 2025"."""
    return format_date(day, "full", locale=locale)


@lru_cache(_SIZE)
def date_by(skeleton: str, day: date, locale: Locale) -> str:
    """By a CLDR skeleton, as "19 Nov" by "MMMd"."""
    return format_skeleton(skeleton, datetime.combine(day, _NOON), locale=locale)


@lru_cache(_SIZE)
def clock_at(hour: int, minute: int, locale: Locale) -> str:
    """As "16:12"."""
    return format_time(time(hour, minute), "short", locale=locale)


def length(span: timedelta, locale: Locale, *, direction: int = 0) -> str:
    """Whole minutes, hours or days, as "4 min"; with `direction` -1 as "4 min ago", 1 as "in 4 min"."""
    minutes = int(span.total_seconds() // 60)
    hours = minutes // 60
    if hours >= 24:
        return _length(1440 * (hours // 24), direction, locale)
    return _length(60 * hours if hours else minutes, direction, locale)


@lru_cache(_SIZE)
def _length(minutes: int, direction: int, locale: Locale) -> str:
    # British abbreviations have a plural ("4 mins") that narrow columns do without.
    plain = "en" if locale.language == "en" and not direction else locale
    span = timedelta(minutes=minutes if direction >= 0 else -minutes)
    text: str = format_timedelta(
        span, granularity="minute", threshold=1, add_direction=bool(direction), format="short", locale=plain
    )
    return text
