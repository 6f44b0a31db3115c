"""No folder but Caseway's own changes, and no other user of the machine gets in."""

import os
import socket
import stat
import struct
import tempfile
from pathlib import Path

import pytest

from caseway.core.database import binaries, keeper
from caseway.core.database.account import Account, server_account
from caseway.core.database.place import LONGEST_SOCKET_PATH, SOCKET, Place
from caseway.core.database.server import attach
from tests.faults.databases import as_user, connect

pytestmark = pytest.mark.fault
NOBODY = 65534
root_only = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")


def modes(path):
    """Owner and permissions of a folder and of everything above it."""
    return {str(p): (p.stat().st_mode, p.stat().st_uid, p.stat().st_gid) for p in (path, *path.parents)}


def test_no_folder_above_the_data_changes(tmp_path):
    private = tmp_path / "home"
    private.mkdir(mode=0o700)
    before = modes(private)

    attachment = attach(private / "checkout" / "var", print)
    attachment.release()

    assert modes(private) == before


def test_no_folder_above_the_programs_changes(data_dir):
    installed = binaries._site_packages()
    before = modes(installed / binaries.PARTS[0])

    attach(data_dir, print).release()

    assert modes(installed / binaries.PARTS[0]) == before


def test_the_folder_is_closed(server):
    account = server_account(server.place)
    for folder in (server.place.folder, server.place.cluster):
        found = folder.stat()
        assert stat.S_IMODE(found.st_mode) == 0o700
        assert found.st_uid == account.uid
    assert stat.S_IMODE((server.place.folder / SOCKET).stat().st_mode) == 0o700


def test_no_network_and_no_trust(server):
    with connect(server.place, user="postgres") as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
        rules = connection.execute("SELECT type, auth_method FROM pg_hba_file_rules").fetchall()
        assert rules == [("local", "peer")]


def test_durability_is_postgresqls_own(server):
    with connect(server.place) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes", "data_checksums"):
            assert connection.execute(f"SHOW {setting}").fetchone() == ("on",)


def test_caseway_is_no_superuser(server):
    with connect(server.place) as connection:
        found = connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
        assert found == (False,)


def startup_answer(path: str) -> str:
    """The first answer of the server to someone who says they are `caseway`: R welcome, E error."""
    with socket.socket(socket.AF_UNIX) as client:
        client.connect(path)
        words = b"user\0caseway\0database\0caseway\0\0"
        client.sendall(struct.pack("!ii", len(words) + 8, 196608) + words)
        return client.recv(1).decode()


@root_only
def test_another_user_does_not_reach_the_socket(server):
    path = str(server.place.folder / SOCKET)

    assert startup_answer(path) == "R"  # root, whom nothing stops
    assert as_user(NOBODY, lambda: startup_answer(path)) == "PermissionError"


@root_only
def test_another_user_who_reaches_the_socket_is_refused():
    """Even if somebody opened the folders."""
    with tempfile.TemporaryDirectory(dir="/tmp") as open_folder:
        os.chmod(open_folder, 0o755)
        attachment = attach(Path(open_folder, "var"), print)
        for path in (attachment.place.data_dir, attachment.place.folder):
            path.chmod(0o755)
        (attachment.place.folder / SOCKET).chmod(0o777)

        answer = as_user(NOBODY, lambda: startup_answer(str(attachment.place.folder / SOCKET)))

        assert answer == "E"
        attachment.release()


@root_only
def test_the_server_does_not_run_as_root(server):
    account = server_account(server.place)

    assert account.uid != 0
    pid, _ = keeper.status_of(server.place.cluster)
    assert os.stat(f"/proc/{pid}").st_uid == account.uid


@root_only
def test_root_runs_the_server_of_an_ordinary_users_folder_as_that_user(data_dir):
    data_dir.mkdir()
    os.chown(data_dir, 1, 1)

    attachment = attach(data_dir, print)

    assert attachment.place.cluster.stat().st_uid == 1
    attachment.release()


@root_only
def test_programs_in_a_private_home_are_copied_to_a_folder_of_our_own(data_dir, monkeypatch):
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        os.chmod(folder, 0o755)
        monkeypatch.setattr(binaries, "COPIES", Path(folder, "caseway"))
        monkeypatch.setattr(binaries, "_can_reach", lambda account, path: False)

        attachment = attach(data_dir, print)

        with connect(attachment.place) as connection:
            found = connection.execute("SELECT to_tsvector('english', 'delayed trailers')::text").fetchone()
            assert found == ("'delay':1 'trailer':2",)
        attachment.release()
        copies = list(Path(folder, "caseway").iterdir())
        assert len(copies) == 1
        assert not any(path.stat().st_mode & 0o022 for path in copies[0].rglob("*"))


def test_reach_is_judged_by_every_folder_on_the_way(tmp_path):
    stranger = Account(NOBODY, NOBODY, "nobody")
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / "a").chmod(0o700)

    assert not binaries._can_reach(stranger, inner)
    assert binaries._can_reach(stranger, Path("/usr/bin/env"))


def test_a_path_too_long_for_a_socket_works(tmp_path):
    deep = tmp_path.joinpath(*["a-rather-long-name"] * 8)
    place = Place(deep)
    assert len(str(place.folder / SOCKET)) > LONGEST_SOCKET_PATH

    attachment = attach(deep, print)

    with connect(attachment.place) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    attachment.release()
