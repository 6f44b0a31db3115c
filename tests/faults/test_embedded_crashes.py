"""Nothing that was committed is lost, whatever is killed."""

import os
import signal
import time

import psycopg
import pytest

from caseway.core.database import keeper, server
from caseway.core.database.binaries import programs_for
from caseway.core.database.place import Place
from caseway.core.database.refusal import DatabaseRefused
from caseway.core.database.server import attach
from tests.faults.databases import connect, kill, user_process, value, wait_until

pytestmark = pytest.mark.fault


def write_numbers(place, count):
    with connect(place) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS numbers (n int)")
        for number in range(count):
            connection.execute("INSERT INTO numbers VALUES (%s)", (number,))


def count_numbers(place):
    return value(place, "SELECT count(*) FROM numbers")


def keeper_of(place):
    return int((place.locks / "keeper").read_text())


def test_everything_is_killed(data_dir):
    first = attach(data_dir, print)
    write_numbers(first.place, 200)
    kill(keeper_of(first.place), keeper.status_of(first.place.cluster)[0])

    second = attach(data_dir, print)

    assert count_numbers(second.place) == 200
    second.release()


def test_a_user_notices_that_the_keeper_is_gone_and_brings_it_back(server):
    write_numbers(server.place, 50)
    kill(keeper_of(server.place))

    server.revive(print)

    assert count_numbers(server.place) == 50


def test_a_killed_server_is_started_again_for_its_users(server):
    write_numbers(server.place, 50)
    killed, _ = keeper.status_of(server.place.cluster)
    kill(killed)

    def answers():
        try:
            return count_numbers(server.place) == 50
        except psycopg.OperationalError:
            return False

    assert wait_until(lambda: keeper.status_of(server.place.cluster)[0] not in {0, killed} and answers())


def test_a_stale_lock_file_naming_a_living_process_does_not_stop_the_start(data_dir):
    first = attach(data_dir, print)
    first.release()
    for name in ("cluster/postmaster.pid", ".s.PGSQL.5432.lock"):
        # Our own number: alive, and no server.
        text = f"{os.getpid()}\n/proc/self/cwd\n1\n5432\n..\n\n 1 1\nready\n"
        (first.place.folder / name).write_text(text)
        os.chown(first.place.folder / name, *owner(first.place.folder))

    second = attach(data_dir, print)

    with connect(second.place) as connection:
        connection.execute("SELECT 1")
    second.release()


def owner(path):
    found = path.stat()
    return found.st_uid, found.st_gid


def test_an_orphaned_server_is_ended_properly_before_the_next_start(data_dir, monkeypatch):
    """A keeper that was killed takes its server along; one that hangs meanwhile is waited for."""
    user = user_process(data_dir)
    place = Place(data_dir)
    write_numbers(place, 20)
    orphan, _ = keeper.status_of(place.cluster)
    os.kill(orphan, signal.SIGSTOP)  # it can't hear yet that its keeper dies
    kill(keeper_of(place))
    user.kill()
    user.wait()

    os.kill(orphan, signal.SIGCONT)
    second = attach(data_dir, print)

    assert keeper.status_of(place.cluster)[0] != orphan
    assert count_numbers(place) == 20
    second.release()


def test_a_half_made_cluster_is_made_anew(data_dir):
    draft = data_dir / "database" / "cluster.new"
    draft.mkdir(parents=True)
    (draft / "PG_VERSION").write_text("18\n")

    attachment = attach(data_dir, print)

    assert not draft.exists()
    attachment.release()


@pytest.fixture
def slow_programs(data_dir, monkeypatch):
    """PostgreSQL that takes a while until it is there, as after a crash with much to replay."""

    def install(seconds):
        real = programs_for

        def slow_programs_for(account):
            folder = data_dir.parent.parent / f"programs-{os.getpid()}-{time.monotonic_ns()}"
            folder.mkdir()
            for name, wait in (("initdb", 0), ("postgres", seconds)):
                script = folder / name
                script.write_text(f'#!/bin/sh\nsleep {wait}\nexec {real(account)}/{name} "$@"\n')
                script.chmod(0o755)
            return folder

        monkeypatch.setattr(server, "programs_for", slow_programs_for)

    return install


def make_reachable(path):
    """pytest closes its folders to others, whom the scripts above are for."""
    for folder in (path, *path.parents):
        if folder.name.startswith(("pytest-", "popen-")):
            folder.chmod(0o755)


@pytest.mark.parametrize("seconds", [2, pytest.param(15, marks=pytest.mark.endurance)])
def test_recovery_may_take_long_and_is_told(data_dir, slow_programs, monkeypatch, seconds):
    attach(data_dir, print).release()
    make_reachable(data_dir.parent)
    slow_programs(seconds)
    monkeypatch.setattr(server, "TELL_EVERY", 0.5)
    told: list[str] = []

    began = time.monotonic()
    attachment = attach(data_dir, told.append)

    assert time.monotonic() - began >= seconds
    assert told
    assert told[0].startswith("The database is recovering")
    attachment.release()


def test_a_server_that_cannot_start_is_one_clear_line(data_dir):
    attachment = attach(data_dir, print)
    attachment.release()
    local = attachment.place.cluster / "postgresql.local.conf"
    local.write_text("shared_buffers = nonsense\n")
    local.chmod(0o644)

    with pytest.raises(DatabaseRefused, match="the database did not start: ") as caught:
        attach(data_dir, print)

    assert "\n" not in str(caught.value)


def test_data_of_another_major_version_is_refused_untouched(data_dir):
    attachment = attach(data_dir, print)
    attachment.release()
    (attachment.place.cluster / "PG_VERSION").write_text("16\n")

    with pytest.raises(DatabaseRefused, match="PostgreSQL 16, this Caseway brings 18"):
        attach(data_dir, print)
