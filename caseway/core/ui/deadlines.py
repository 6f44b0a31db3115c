"""How near a deadline is, as a ring that empties and a few words."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from babel.dates import format_skeleton, format_timedelta
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from caseway.core.clock import now
from caseway.core.ui.locales import reader_locale

SOON = timedelta(hours=1)
LATER_TODAY = timedelta(hours=4)
A_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Remaining:
    """`state` is ok, soon or over; `percent` of the time is left; `words` say it."""

    state: str
    percent: int
    words: str


def remaining(until: datetime, since: datetime | None = None) -> Remaining:
    """What is left until a deadline that began at `since` (default: a day before it)."""
    left = until - now()
    if left <= timedelta(0):
        return Remaining("over", 0, _("%(time)s over") % {"time": _length(-left)})
    whole = until - (since or until - timedelta(days=1))
    percent = round(100 * left / whole) if whole > timedelta(0) else 0
    return Remaining("soon" if left < SOON else "ok", min(percent, 100), _words(until, left))


def _words(until: datetime, left: timedelta) -> str:
    if left < LATER_TODAY:
        return _length(left)
    locale = reader_locale()
    clock = format_skeleton("Hm", localtime(until), locale=locale)
    if localtime(until).date() == localtime(now()).date():
        return clock
    if left < A_WEEK:
        return f"{format_skeleton('E', localtime(until), locale=locale)} {clock}"
    return format_skeleton("MMMd", localtime(until), locale=locale)


def _length(span: timedelta) -> str:
    locale = reader_locale()
    short = "en" if locale.language == "en" else locale
    text: str = format_timedelta(span, granularity="minute", format="short", threshold=1.5, locale=short)
    return text
