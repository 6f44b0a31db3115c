"""Moments as a reader sees them: in their zone, in their language, always in a `<time>`.

Moments come in aware; the zone is Django's current one, which a middleware sets per reader.
"""

from datetime import datetime, timedelta

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from caseway.core.clock import now
from caseway.core.ui.calendar import clock_at, date_by, length, whole_date
from caseway.core.ui.locales import reader_locale

_A_MINUTE = timedelta(minutes=1)
_A_WEEK = timedelta(days=7)


def when(moment: datetime | None) -> Markup:
    """How long ago, as "4 min ago" or "19 Nov"; the exact moment appears on hover."""
    if moment is None:
        return Markup("")
    passed = now() - moment
    if abs(passed) >= _A_WEEK:
        return _time(moment, _date(moment))
    return _time(moment, _relative(passed), live="when")


def age(moment: datetime | None) -> Markup:
    """How long ago without the word, as "4 min", for a narrow column."""
    if moment is None:
        return Markup("")
    is_live = abs(now() - moment) < _A_WEEK
    return _time(moment, age_name(moment), live="age" if is_live else "")


def age_name(moment: datetime) -> str:
    """The words of `age`, without markup."""
    passed = abs(now() - moment)
    return _date(moment) if passed >= _A_WEEK else _length(passed)


def span(length_of: timedelta | None) -> str:
    """How long, in its two largest units, as "3 days 2 hr" or "4 min"."""
    if length_of is None:
        return ""
    locale, rest = reader_locale(), length_of % timedelta(days=1)
    if length_of < timedelta(days=1):
        rest = length_of % timedelta(hours=1) if length_of >= timedelta(hours=1) else timedelta(0)
    first = length(length_of, locale)
    has_more = rest >= (timedelta(hours=1) if length_of >= timedelta(days=1) else _A_MINUTE)
    return f"{first} {length(rest, locale)}" if has_more else first


def weekday_stamp(moment: datetime | None) -> Markup:
    """A moment to count from, as "Tue 14:02" within a week, else as `stamp`."""
    if moment is None or abs(now() - moment) >= _A_WEEK or _near_day(moment):
        return stamp(moment, inside=True)
    text = f"{date_by('E', localtime(moment).date(), reader_locale())} {_clock(moment)}"
    return _time(moment, text)


def clock(moment: datetime | None) -> Markup:
    """The hour and minute, as "16:12"."""
    return _time(moment, _clock(moment)) if moment else Markup("")


def day(moment: datetime | None) -> Markup:
    """The day, as "Today", "Yesterday" or "Wednesday 19 November"."""
    if moment is None:
        return Markup("")
    iso = localtime(moment).date().isoformat()
    return Markup('<time datetime="{}">{}</time>').format(iso, day_name(moment))


def stamp(moment: datetime | None, *, inside: bool = False) -> Markup:
    """Day and clock in few words, as "Today 10:38" or "19 Nov, 16:12"; `inside` a sentence "today 10:38"."""
    if moment is None:
        return Markup("")
    near = _near_day(moment, inside=inside)
    text = f"{near} {_clock(moment)}" if near else f"{_date(moment)}, {_clock(moment)}"
    return _time(moment, text)


def day_name(moment: datetime) -> str:
    """The words of `day`, without markup."""
    near = _near_day(moment)
    if near:
        return near
    this_year = localtime(moment).year == localtime(now()).year
    skeleton = "MMMMEEEEd" if this_year else "yMMMMEEEEd"
    return date_by(skeleton, localtime(moment).date(), reader_locale())


def date_name(moment: datetime) -> str:
    """The date alone, as "24 November", without markup."""
    this_year = localtime(moment).year == localtime(now()).year
    return date_by("MMMMd" if this_year else "yMMMMd", localtime(moment).date(), reader_locale())


def exact(moment: datetime) -> str:
    """The whole moment with its zone, as "Wednesday, 19 November 2025, 16:12 GMT"."""
    at = localtime(moment)
    return f"{whole_date(at.date(), reader_locale())}, {_clock(moment)} {at.tzname()}"


def _time(moment: datetime, text: str, live: str = "") -> Markup:
    iso = moment.isoformat(timespec="seconds")
    refresh = f' data-live="{live}"' if live else ""
    title = escape(exact(moment))
    return Markup(f'<time datetime="{iso}" title="{title}"{refresh}>{escape(text)}</time>')  # noqa: S704


def _relative(passed: timedelta) -> str:
    if abs(passed) < _A_MINUTE:
        return _("just now")
    return length(abs(passed), reader_locale(), direction=-1 if passed > timedelta(0) else 1)


def _length(passed: timedelta) -> str:
    return _("now") if passed < _A_MINUTE else length(passed, reader_locale())


def _near_day(moment: datetime, *, inside: bool = False) -> str:
    distance = (localtime(now()).date() - localtime(moment).date()).days
    if inside:
        return {0: _("today"), 1: _("yesterday"), -1: _("tomorrow")}.get(distance, "")
    return {0: _("Today"), 1: _("Yesterday"), -1: _("Tomorrow")}.get(distance, "")


def _clock(moment: datetime) -> str:
    at = localtime(moment)
    return clock_at(at.hour, at.minute, reader_locale())


def _date(moment: datetime) -> str:
    this_year = localtime(moment).year == localtime(now()).year
    return date_by("MMMd" if this_year else "yMMMd", localtime(moment).date(), reader_locale())
