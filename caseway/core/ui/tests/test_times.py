"""Moments in words, in the reader's zone and language."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone, translation

from caseway.core.ui.deadlines import remaining
from caseway.core.ui.times import age, clock, day_name, exact, stamp, when

NOW = datetime(2025, 11, 20, 10, 42, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _frozen():
    with time_machine.travel(NOW, tick=False):
        yield


def text(markup: str) -> str:
    return markup.split(">", 1)[1].removesuffix("</time>")


@pytest.mark.parametrize(
    ("ago", "long", "short"),
    [
        (timedelta(seconds=20), "just now", "now"),
        (timedelta(minutes=4), "4 min ago", "4 min"),
        (timedelta(hours=5, minutes=50), "5 hr ago", "5 hr"),
        (timedelta(minutes=-5, seconds=-1), "in 5 min", "5 min"),
        (timedelta(days=1, hours=3), "1 day ago", "1 day"),
        (timedelta(days=9), "11 Nov", "11 Nov"),
        (timedelta(days=400), "16 Oct 2024", "16 Oct 2024"),
    ],
)
def test_how_long_ago(ago: timedelta, long: str, short: str) -> None:
    assert text(when(NOW - ago)) == long
    assert text(age(NOW - ago)) == short


def test_a_moment_names_itself_exactly() -> None:
    markup = when(NOW - timedelta(minutes=4))
    assert 'datetime="2025-11-20T10:38:00+00:00"' in markup
    assert 'title="Thursday, 20 November 2025, 10:38 UTC"' in markup
    assert 'data-live="when"' in markup


def test_the_readers_zone_decides_the_day() -> None:
    late = datetime(2025, 11, 19, 23, 30, tzinfo=UTC)
    assert text(stamp(late)) == "Yesterday 23:30"
    assert text(stamp(late, inside=True)) == "yesterday 23:30"
    assert text(stamp(late - timedelta(days=9), inside=True)) == text(stamp(late - timedelta(days=9)))
    with timezone.override("Asia/Ho_Chi_Minh"):
        assert text(stamp(late)) == "Today 06:30"
        assert text(clock(late)) == "06:30"
        assert exact(late) == "Thursday, 20 November 2025, 06:30 +07"


def test_the_readers_language_decides_the_words() -> None:
    earlier = NOW - timedelta(days=9)
    with translation.override("de"):
        assert day_name(earlier) == "Di., 11. November"
        assert text(when(NOW - timedelta(minutes=4))) == "vor 4 Min."
    with translation.override("zh-hans"):
        assert text(when(earlier)) == "11月11日"
    assert day_name(earlier) == "Tuesday 11 November"


def test_no_moment_shows_nothing() -> None:
    assert [when(None), age(None), clock(None), stamp(None)] == ["", "", "", ""]


@pytest.mark.parametrize(
    ("left", "state", "words"),
    [
        (timedelta(minutes=-38), "over", "38 min over"),
        (timedelta(0), "over", "0 min over"),
        (timedelta(minutes=24), "soon", "24 min"),
        (timedelta(hours=3, minutes=20), "ok", "3 hr 20 min"),
        (timedelta(hours=2), "ok", "2 hr"),
        (timedelta(hours=6, minutes=18), "ok", "17:00"),
        (timedelta(days=4), "ok", "Mon 10:42"),
        (timedelta(days=20), "ok", "10 Dec"),
    ],
)
def test_what_is_left(left: timedelta, state: str, words: str) -> None:
    found = remaining(NOW + left)
    assert (found.state, found.words) == (state, words)


def test_the_ring_empties_over_the_whole_span() -> None:
    assert remaining(NOW + timedelta(hours=1), NOW - timedelta(hours=3)).percent == 25
    assert remaining(NOW + timedelta(hours=1), NOW + timedelta(hours=1)).percent == 0
    assert remaining(NOW + timedelta(days=3)).percent == 100
