"""The embedded server lives as long as somebody uses it, however they end."""

import os
import signal

import pytest

from caseway.core.database import keeper
from caseway.core.database.place import Place
from caseway.core.database.server import attach
from tests.faults.databases import connect, user_process, wait_until

pytestmark = pytest.mark.fault


def is_running(place: Place) -> bool:
    return any(keeper.servers_in(place.cluster))


def test_the_last_to_go_ends_it(data_dir):
    first, second = attach(data_dir, print), attach(data_dir, print)

    first.release()
    assert is_running(second.place)
    with connect(second.place) as connection:
        connection.execute("SELECT 1")

    second.release()
    assert not is_running(second.place)
    assert not (second.place.cluster / "postmaster.pid").exists()


def test_a_second_start_finds_the_data(data_dir):
    first = attach(data_dir, print)
    with connect(first.place) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    first.release()

    second = attach(data_dir, print)
    with connect(second.place) as connection:
        assert connection.execute("SELECT answer FROM kept").fetchone() == (42,)
    second.release()


def test_it_ends_when_its_only_user_is_killed(data_dir):
    user = user_process(data_dir)
    place = Place(data_dir)
    assert is_running(place)

    user.kill()
    user.wait()

    assert wait_until(lambda: not is_running(place))


def test_it_outlives_the_one_who_started_it(data_dir):
    starter = user_process(data_dir)
    other = attach(data_dir, print)

    starter.kill()
    starter.wait()

    with connect(other.place) as connection:
        connection.execute("SELECT pg_sleep(1)")
    other.release()


def test_a_newcomer_waits_for_an_ending_server_and_starts_it_again(data_dir):
    for _ in range(5):
        user = user_process(data_dir)
        user.kill()
        user.wait()
        newcomer = attach(data_dir, print)
        with connect(newcomer.place) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
        newcomer.release()


def test_many_come_at_the_same_moment(data_dir):
    users = [user_process(data_dir, then="time.sleep(0.1)") for _ in range(4)]

    assert [user.wait(30) for user in users] == [0, 0, 0, 0]


def test_the_server_survives_ctrl_c_of_its_starter(server):
    keeper_pid = int((server.place.locks / "keeper").read_text())
    server_pid, _ = keeper.status_of(server.place.cluster)

    assert os.getsid(keeper_pid) != os.getsid(0)
    assert os.getsid(server_pid) != os.getsid(0)
    assert keeper.is_child(server_pid, keeper_pid)


def test_the_keeper_shuts_down_properly_when_the_machine_does(server):
    keeper_pid = int((server.place.locks / "keeper").read_text())

    os.kill(keeper_pid, signal.SIGTERM)

    assert wait_until(lambda: not is_running(server.place))
    assert "database system is shut down" in server.place.log.read_text()
