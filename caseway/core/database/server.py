"""Using the embedded server: the first to come starts it, the last to go ends it.

Everyone who uses it holds a share of one lock, which the kernel takes back however the process
ends. The keeper of the server (`keeper.py`) waits for the moment when nobody holds a share.
"""

import fcntl
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from caseway.core.database import keeper
from caseway.core.database.account import Account, server_account
from caseway.core.database.binaries import programs_for
from caseway.core.database.cluster import HERE, configure, make_cluster, refuse_other_major
from caseway.core.database.place import Place
from caseway.core.database.refusal import DatabaseRefused

Tell = Callable[[str], None]
_KEEPERS: list["subprocess.Popen[bytes]"] = []  # ours to start, not ours to wait for
LARGEST_LOG = 10 * 1024 * 1024
TELL_EVERY = 5.0


@dataclass
class Attachment:
    """A share in the embedded server; it lasts as long as this process unless released."""

    place: Place
    share: int
    connections: int

    def revive(self, tell: Tell) -> None:
        """Start the server again if its keeper is gone, as after a `kill -9`; else do nothing."""
        if not _is_kept(self.place):
            _ensure(self.place, tell, self.connections)

    def release(self, wait: float = 60.0) -> None:
        """Give the share back; when it was the last, wait up to `wait` seconds for the server's end."""
        os.close(self.share)
        deadline = time.monotonic() + wait
        # The keeper looks a few times a second; a server that others use stays ready.
        time.sleep(2 * keeper.GLANCE)
        while _is_kept(self.place) and time.monotonic() < deadline:
            if _is_ready(self.place):
                return
            time.sleep(keeper.GLANCE / 4)


def attach(data_dir: Path, tell: Tell, connections: int = 100) -> Attachment:
    """Use the server of `data_dir`, started if need be; returns when it takes connections.

    `tell` receives a line for each step that takes a while. `connections` is the number it
    allows, if we are the first. Raises `DatabaseRefused`.
    """
    place = Place(data_dir)
    if not Path(HERE).exists():
        raise DatabaseRefused("the embedded database needs /proc; name a database in CASEWAY_DATABASE_URL")
    try:
        _make_folders(place)
        share = os.open(place.locks / "users", os.O_RDWR | os.O_CREAT, 0o600)
        # Waits while a keeper is ending the server.
        fcntl.flock(share, fcntl.LOCK_SH)
        _ensure(place, tell, connections)
    except OSError as problem:
        raise DatabaseRefused(f"the data folder {data_dir} can't be used: {problem}") from None
    return Attachment(place, share, connections)


def _ensure(place: Place, tell: Tell, connections: int) -> None:
    """Start the server unless it is kept already; wait until it takes connections."""
    with _lock(place.locks / "start"):
        if not _is_kept(place):
            _start(place, tell, connections)
        _wait_until_ready(place, tell)


def _make_folders(place: Place) -> None:
    place.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    for folder in (place.locks, place.log.parent):
        folder.mkdir(mode=0o700, exist_ok=True)


@contextmanager
def _lock(path: Path) -> Iterator[int]:
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield handle
    finally:
        os.close(handle)


def _is_kept(place: Place) -> bool:
    """Whether a keeper lives."""
    handle = os.open(place.locks / "keeper", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False


def _is_ready(place: Place) -> bool:
    """Whether the server that the living keeper started takes connections."""
    pid, status = keeper.status_of(place.cluster)
    kept_by = (place.locks / "keeper").read_text("ascii").strip()
    return status == "ready" and kept_by.isdigit() and keeper.is_child(pid, int(kept_by))


def _start(place: Place, tell: Tell, connections: int) -> None:
    refuse_other_major(place)
    account = server_account(place)
    programs = programs_for(account)
    _own_folder(place, account)
    if not place.cluster.exists():
        tell("Making the database ...")
        make_cluster(place, account, programs)
    configure(place, account, connections)
    _start_keeper(place, account, programs)


def _own_folder(place: Place, account: Account) -> None:
    place.folder.mkdir(mode=0o700, exist_ok=True)
    place.folder.chmod(0o700)
    if place.folder.stat().st_uid != account.uid:
        os.chown(place.folder, account.uid, account.gid)


def _start_keeper(place: Place, account: Account, programs: Path) -> None:
    """Start the keeper, detached from our terminal, holding a lock that it inherits."""
    if place.log.exists() and place.log.stat().st_size > LARGEST_LOG:
        place.log.replace(place.log.with_suffix(".old.log"))
    with _lock(place.locks / "keeper") as keeper_lock, place.log.open("ab") as log:
        specification = {
            "argv": [str(programs / "postgres"), "-D", HERE],
            "cluster": str(place.cluster),
            "users_lock": str(place.locks / "users"),
            "keeper_lock": keeper_lock,
            "privileges": account.privileges(),
        }
        started = subprocess.Popen(
            [sys.executable, "-I", "-S", keeper.__file__, json.dumps(specification)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            pass_fds=[keeper_lock],
            start_new_session=True,  # Ctrl-C is for us, not for the server
            cwd="/",
        )
    _KEEPERS.append(started)


def _wait_until_ready(place: Place, tell: Tell) -> None:
    """Wait as long as the server lives: recovery after a crash takes the time that it takes."""
    began = told = time.monotonic()
    log_from = place.log.stat().st_size
    while True:
        if _is_ready(place):
            return
        if not _is_kept(place):
            raise DatabaseRefused(f"the database did not start: {_reason(place.log, log_from)}")
        if time.monotonic() - told > TELL_EVERY:
            told = time.monotonic()
            tell(f"The database is recovering, {round(told - began)} s so far ...")
        time.sleep(0.02)


def _reason(log: Path, begin: int) -> str:
    with log.open("rb") as file:
        file.seek(begin)
        lines = file.read().decode("utf-8", "replace").splitlines()
    said = [line.split("FATAL:", 1)[-1].strip() for line in lines if "FATAL:" in line]
    return f"{said[-1] if said else 'it gave no reason'} (see {log})"
