"""Counters that all processes share."""

import threading

import pytest
import time_machine
from django.db import connection

from caseway.core import limits

pytestmark = pytest.mark.django_db


def test_counts_up_within_a_window():
    assert [limits.count("sign-in:ana", 60) for _ in range(3)] == [1, 2, 3]
    assert limits.counted("sign-in:ana") == 3


def test_keys_do_not_mix():
    limits.count("sign-in:ana", 60)

    assert limits.count("sign-in:ben", 60) == 1


def test_a_window_begins_with_its_first_count_and_ends_on_time():
    with time_machine.travel("2026-03-01T12:00:00Z", tick=False) as clock:
        limits.count("key", 60)
        clock.shift(59)
        assert limits.count("key", 60) == 2
        assert limits.seconds_left("key") == 1
        clock.shift(1)
        assert limits.counted("key") == 0
        assert limits.count("key", 60) == 1


def test_forgetting_begins_anew():
    limits.count("key", 60)

    limits.forget("key")

    assert limits.count("key", 60) == 1


def test_sweeping_keeps_open_windows():
    with time_machine.travel("2026-03-01T12:00:00Z", tick=False) as clock:
        limits.count("short", 10)
        limits.count("long", 1000)
        clock.shift(10)

        assert limits.sweep() == 1
        assert limits.counted("long") == 1


def test_the_key_itself_is_not_stored():
    limits.count("sign-in:ana@larkfield.example", 60)

    assert not limits.Tally.objects.filter(key__contains="ana").exists()


@pytest.mark.django_db(transaction=True)
def test_counts_at_the_same_moment_are_all_counted():
    seen: list[int] = []

    def count_ten_times():
        seen.extend(limits.count("flood", 60) for _ in range(10))
        connection.close()

    threads = [threading.Thread(target=count_ten_times) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(seen) == list(range(1, 81))
