"""Counters shared by all processes, for rate limits and lock-outs."""

import hashlib
from datetime import timedelta

from django.db import connection, models

from caseway.core.clock import now

# One statement, so that a hundred requests at once are a hundred counts.
_COUNT = """
INSERT INTO core_tally AS tally (key, count, ends_at) VALUES (%(key)s, 1, %(ends)s)
ON CONFLICT (key) DO UPDATE SET
    count = CASE WHEN tally.ends_at <= %(now)s THEN 1 ELSE tally.count + 1 END,
    ends_at = CASE WHEN tally.ends_at <= %(now)s THEN excluded.ends_at ELSE tally.ends_at END
RETURNING count
"""


class Tally(models.Model):
    """How often something happened in a window of time that began with the first time."""

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField()
    ends_at = models.DateTimeField(db_index=True)

    class Meta:
        app_label = "core"


def count(key: str, window_seconds: int) -> int:
    """Count `key` once more; returns how often it was counted in its window, this time included.

    The window begins with the first count and lasts `window_seconds`. Only a digest of `key`
    is stored, since keys name addresses. Inside a transaction the count waits for, and goes
    with, its end: count a refusal outside of the transaction that it rolls back.
    """
    moment = now()
    ends = moment + timedelta(seconds=window_seconds)
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"key": _digest(key), "now": moment, "ends": ends})
        return int(cursor.fetchone()[0])


def counted(key: str) -> int:
    """How often `key` was counted in its present window, without counting it."""
    found = Tally.objects.filter(key=_digest(key), ends_at__gt=now()).values_list("count", flat=True)
    return found.first() or 0


def seconds_left(key: str) -> int:
    """Seconds until the window of `key` ends; 0 when it has none."""
    ends = Tally.objects.filter(key=_digest(key)).values_list("ends_at", flat=True).first()
    return max(0, round((ends - now()).total_seconds())) if ends else 0


def forget(key: str) -> None:
    """Begin `key` anew, as after a sign-in that succeeded."""
    Tally.objects.filter(key=_digest(key)).delete()


def take_back(key: str) -> None:
    """Undo one count of `key` in its present window, as for an attempt that turned out well."""
    Tally.objects.filter(key=_digest(key), count__gt=0).update(count=models.F("count") - 1)


def sweep() -> int:
    """Delete windows that have ended; returns how many. Called by a periodic job."""
    return Tally.objects.filter(ends_at__lte=now()).delete()[0]


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
