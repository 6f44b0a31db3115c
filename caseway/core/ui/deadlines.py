"""How near a deadline is, as a ring that empties and a few words."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from caseway.core.clock import now
from caseway.core.ui.calendar import clock_at, date_by, length
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
        return Remaining("over", 0, _("%(time)s over") % {"time": length(-left, reader_locale())})
    whole = until - (since or until - timedelta(days=1))
    percent = round(100 * left / whole) if whole > timedelta(0) else 0
    return Remaining("soon" if left < SOON else "ok", min(percent, 100), _words(until, left))


def _words(until: datetime, left: timedelta) -> str:
    locale = reader_locale()
    if left < LATER_TODAY:
        return _hours_and_minutes(left)
    at = localtime(until)
    clock = clock_at(at.hour, at.minute, locale)
    if at.date() == localtime(now()).date():
        return clock
    if left < A_WEEK:
        return f"{date_by('E', at.date(), locale)} {clock}"
    return date_by("MMMd", at.date(), locale)


def _hours_and_minutes(left: timedelta) -> str:
    locale = reader_locale()
    minutes = timedelta(minutes=left.total_seconds() // 60 % 60)
    if left < SOON or not minutes:
        return length(left, locale)
    return f"{length(left, locale)} {length(minutes, locale)}"
