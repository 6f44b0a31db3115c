"""Going on from a position misses nothing, whatever the order in which transactions end."""

import psycopg
import pytest
from django.db import connection

from caseway.cases.history.actions import CASEWAY, record
from caseway.cases.history.events import CaseClaimed
from caseway.cases.models import CaseEvent
from caseway.cases.status import Status
from caseway.cases.tests.story import owned_by_ana
from caseway.demo.cast import make_cast
from caseway.live import changes
from caseway.live.changes import Feed, happened_since, present_position

pytestmark = pytest.mark.django_db(transaction=True)

COPY = """
INSERT INTO cases_caseevent (case_id, kind, seen_by, payload, happened_at)
SELECT case_id, kind, seen_by, payload, now() FROM cases_caseevent WHERE id = %s RETURNING id, xid
"""


@pytest.fixture
def elsewhere():
    """Connections of others to the test's database."""
    parameters = connection.get_connection_params()
    wanted = {k: parameters[k] for k in ("host", "port", "dbname", "user", "password") if parameters.get(k)}
    with psycopg.connect(**wanted) as one, psycopg.connect(**wanted) as other:
        yield one, other


@pytest.fixture
def event() -> CaseEvent:
    cast = make_cast()
    happening = CaseClaimed(owner_person_id=cast.ana.pk, status_before=Status.NEW)
    return record(owned_by_ana(cast), happening, CASEWAY)


def news_of(feed: Feed) -> list[int]:
    """The events that are told next."""
    news = feed.news()
    assert news is not None
    return [one.pk for one in news]


def test_two_transactions_that_end_in_reverse_are_both_told_once(event, elsewhere):
    early, late = elsewhere
    feed = Feed()
    feed.begin()
    first, first_xid = early.execute(COPY, [event.pk]).fetchone()
    second, second_xid = late.execute(COPY, [event.pk]).fetchone()
    assert first < second
    assert first_xid < second_xid

    late.commit()
    told_first = news_of(feed)
    kept_position = feed.position
    early.commit()
    told_second = news_of(feed)

    assert (told_first, told_second) == ([second], [first])
    assert kept_position <= first_xid, "a browser that comes back with this position must get the first"
    assert [one.pk for one in happened_since(kept_position) or ()][-2:] == [first, second]
    assert feed.news() == []


def test_a_position_passes_by_no_transaction_that_still_runs(event, elsewhere):
    running, _ = elsewhere
    _, xid = running.execute(COPY, [event.pk]).fetchone()

    assert present_position() <= xid


def test_what_was_there_before_is_not_news(event, elsewhere):
    """Whoever else keeps a transaction open holds the position back, but brings no old news."""
    running, writing = elsewhere
    running.execute("SELECT pg_current_xact_id()")
    writing.execute(COPY, [event.pk])
    writing.commit()
    feed = Feed()
    feed.begin()

    assert feed.news() == []


def test_what_is_rolled_back_is_never_told(event, elsewhere):
    undone, _ = elsewhere
    feed = Feed()
    feed.begin()
    undone.execute(COPY, [event.pk])
    undone.rollback()

    assert feed.news() == []


def test_too_much_at_once_is_said_to_be_so(event, elsewhere, monkeypatch):
    monkeypatch.setattr(changes, "MOST", 2)
    feed, (other, _) = Feed(), elsewhere
    feed.begin()
    for _ in range(3):
        other.execute(COPY, [event.pk])
    other.commit()

    assert feed.news() is None
    assert feed.news() == []


def test_one_notification_for_each_transaction(event, elsewhere):
    listening, writing = elsewhere
    listening.autocommit = True
    listening.execute("LISTEN caseway_changes")
    rows = [writing.execute(COPY, [event.pk]).fetchone() for _ in range(3)]
    writing.commit()

    heard = [one.payload for one in listening.notifies(timeout=2, stop_after=2)]

    assert heard == [str(rows[-1][1])]
