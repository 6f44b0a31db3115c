"""Fields of two days: whole days in the reader's zone, both ends included."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _

from caseway.accounts.viewer import Viewer
from caseway.cases.views.field import Field, Group, Kind
from caseway.cases.views.operators import SPAN, Operator

if TYPE_CHECKING:
    # Comes with the tools of development only.
    from django_stubs_ext import StrOrPromise


def day_field(name: str, label: "StrOrPromise", column: str, meaning: str) -> Field:
    """A field of the days of a moment of the side."""

    def within(operator: Operator, values: Sequence[str], _viewer: Viewer) -> Q:
        day = date.fromisoformat(values[0])
        if operator is Operator.AFTER:
            return Q(**{f"{column}__gte": _midnight(day)})
        return Q(**{f"{column}__lt": _midnight(day + timedelta(days=1))})

    return Field(name, label, Kind.DAY, Group.DATES, SPAN, within, parse=_day, meaning=meaning)


def day_from(typed: str) -> date:
    """The day that begins what was typed (a moment does too). Raises ValueError, also beyond all reason."""
    day = date.fromisoformat(typed[:10])
    if not 1900 <= day.year < 3000:
        raise ValueError("such a day can't be reckoned with in every time zone")
    return day


def _day(typed: str) -> tuple[str, ...]:
    try:
        return (day_from(typed).isoformat(),)
    except ValueError:
        raise ValueError(_("Write the date as 2026-01-31.")) from None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=get_current_timezone())
