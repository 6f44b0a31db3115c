"""What breaks, comes back, and misses nothing."""

import http.client

import psycopg
import pytest
from django.db import connection

from caseway.cases.tests.story import says
from caseway.cases.types import Audience
from tests.faults.processes import wait_until
from tests.live.serving import HOST, Reader, pages, session_of, status_of, stream_server
from tests.ports import free_port

pytestmark = [pytest.mark.fault, pytest.mark.django_db(transaction=True)]
LISTENING = """
SELECT pid FROM pg_stat_activity
WHERE application_name = 'caseway events' AND datname = current_database()
"""
OTHERS = """
SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND usename = current_user
"""


@pytest.fixture
def outside():
    """A connection that nothing below ends."""
    parameters = connection.get_connection_params()
    wanted = {k: parameters[k] for k in ("host", "port", "dbname", "user", "password") if parameters.get(k)}
    with psycopg.connect(**wanted, autocommit=True) as outside:
        yield outside


def listeners(outside):
    return [pid for (pid,) in outside.execute(LISTENING).fetchall()]


def test_streams_hold_no_connection_and_one_listens_for_all(people, listen, outside):
    open_streams = [listen(person) for person in (people.ana, people.ben, people.lea) for _ in range(5)]

    assert len(open_streams) == 15
    assert len(listeners(outside)) == 1


def test_it_stops_at_once_however_many_listen(people):
    port = free_port()
    with stream_server(port) as process:
        readers = [Reader(port, session_of(person)) for person in (people.ana, people.ben)]
        process.terminate()
        assert all(reader.has_ended(5) for reader in readers)
        assert process.wait(10) == 0


def test_after_the_database_went_away_it_listens_again_and_catches_up(people, case, listen, outside):
    """As a restart of the server does it: every connection ends at once."""
    ana = listen(people.ana)
    before = listeners(outside)

    connection.close()
    outside.execute(OTHERS)
    says(case, people.at_desk(people.lea), Audience.TEAM, "While nobody listened.")

    told = ana.next("case", seconds=30)
    assert (told.data["number"], told.data["kinds"]) == (case.number, ["message.posted"])
    assert wait_until(lambda: listeners(outside) and listeners(outside) != before, 30) < 30


def test_when_the_process_is_killed_browsers_come_back_and_catch_up(people, case):
    port, session = free_port(), session_of(people.ana)
    with stream_server(port) as first:
        reader = Reader(port, session)
        position = reader.next("ready").position
        first.kill()
        assert reader.has_ended(20)
    says(case, people.at_desk(people.lea), Audience.TEAM, "While it was down.")

    with stream_server(port):
        again = Reader(port, session, after=position)
        again.next("ready")

    assert [event.data["number"] for event in again.passed if event.kind == "case"] == [case.number]


def test_while_it_is_away_pages_are_answered_and_streams_are_told_to_wait(people):
    with pages(free_port()) as address:
        line = http.client.HTTPConnection(HOST, int(address.rpartition(":")[2]), timeout=20)
        headers = {"Cookie": f"session={session_of(people.ana)}", "Host": "localhost"}
        line.request("GET", "/events", headers=headers)
        answer = line.getresponse()
        assert (answer.status, answer.headers["Retry-After"]) == (503, "30")
        answer.read()
        line.request("GET", "/desk/cases/", headers=headers)
        assert line.getresponse().status == 200


def test_nonsense_opens_nothing_and_breaks_nothing(people, events_port, listen):
    for cookie in ("session=\x01\x02", "session=" + "a" * 5000, "=;=;", "session='; DROP TABLE"):
        line = http.client.HTTPConnection(HOST, events_port, timeout=20)
        line.request("GET", "/events?after=-1&at=%00", headers={"Cookie": cookie})
        assert line.getresponse().status in {400, 401}
    line = http.client.HTTPConnection(HOST, events_port, timeout=20)
    line.request("GET", "/events", headers={"Cookie": "x", "Sec-Fetch-Site": "cross-site"})
    assert line.getresponse().status == 403
    assert status_of(events_port) == 401
    assert listen(people.ana).status == 200
