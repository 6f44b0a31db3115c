"""Keeps one embedded server: starts it, starts it again after a crash, stops it when nobody uses it.

A process of its own, so that whoever started the server may end, in whatever way, without
taking it from others. It imports nothing but the standard library and stays small.
Run by `caseway.core.database.server` as `python -I -S keeper.py SPECIFICATION`.
"""

import contextlib
import ctypes
import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PR_SET_PDEATHSIG = 1
GLANCE = 0.2  # seconds between two looks at the server and its users
PATIENCE = 60.0  # seconds that a left-over server gets to end by itself
LONGEST_PAUSE = 30.0
FAST_SHUTDOWN = signal.SIGINT
IMMEDIATE_SHUTDOWN = signal.SIGQUIT


class Keeper:
    """Keeps the server of one data directory."""

    def __init__(self, argv: list[str], cluster: str, users_lock: str, privileges: dict[str, Any]) -> None:
        self.argv = argv
        self.cluster = Path(cluster)
        self.privileges = privileges
        self.users = os.open(users_lock, os.O_RDWR)
        self.told_to_stop = False

    def keep(self) -> int:
        """Run until nobody uses the server, or until it can't be started. Returns the exit code."""
        end_left_overs(self.cluster)
        pause = 1.0
        while True:
            server = self._start()
            began = time.monotonic()
            was_ready = self._watch(server)
            if server.poll() is None:
                server.send_signal(FAST_SHUTDOWN)
                server.wait()
                return 0
            if not was_ready:
                return 1
            # It crashed. Whoever uses it would rather wait than lose it.
            pause = 1.0 if time.monotonic() - began > PATIENCE else min(pause * 2, LONGEST_PAUSE)
            time.sleep(pause)
            end_left_overs(self.cluster)

    def _start(self) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            self.argv,
            cwd=self.cluster,
            stdin=subprocess.DEVNULL,
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"},
            umask=0o077,
            preexec_fn=_end_with_keeper,  # noqa: PLW1509 - this process has one thread
            **self.privileges,
        )

    def _watch(self, server: "subprocess.Popen[bytes]") -> bool:
        """Wait until the server ends or has nobody left; returns whether it was ever ready."""
        ready = (server.pid, "ready")
        was_ready = False
        while server.poll() is None and not self._is_unused():
            was_ready = was_ready or status_of(self.cluster) == ready
            time.sleep(GLANCE)
        # It may have come and gone between two looks; a killed server leaves its last word.
        return was_ready or status_of(self.cluster) == ready

    def _is_unused(self) -> bool:
        """Whether no process holds its share of the lock. From then on newcomers wait for our end."""
        if self.told_to_stop:
            return True
        try:
            fcntl.flock(self.users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def status_of(cluster: Path) -> tuple[int, str]:
    """The process id and the status that the server wrote into its `postmaster.pid`; (0, "") for none."""
    try:
        lines = (cluster / "postmaster.pid").read_text("ascii", "replace").splitlines()
        return int(lines[0]), lines[7].strip() if len(lines) > 7 else ""
    except (OSError, ValueError, IndexError):
        return 0, ""


def servers_in(cluster: Path) -> Iterator[int]:
    """Processes of PostgreSQL that work in the data directory, whoever started them."""
    wanted = cluster.stat()
    for process in Path("/proc").iterdir():
        if not process.name.isdigit():
            continue
        try:
            is_postgres = (process / "comm").read_text().strip() == "postgres"
            if is_postgres and os.path.samestat((process / "cwd").stat(), wanted):
                yield int(process.name)
        except OSError:
            continue  # it has ended, or is another user's


def is_child(pid: int, parent: int) -> bool:
    """Whether the process lives and was started by `parent`."""
    try:
        # "pid (name) state ppid ...", where the name may hold anything
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return False
    return int(fields[1]) == parent


def end_left_overs(cluster: Path) -> None:
    """End servers whose keeper was killed, and children that outlived a killed server.

    A server is asked to shut down as usual. Children without a server finish nothing any more:
    what they hadn't committed is gone, and PostgreSQL won't start beside them.
    """
    pid, _ = status_of(cluster)
    if pid and pid in servers_in(cluster):
        _signal(pid, FAST_SHUTDOWN)
        _wait_until_gone(cluster, PATIENCE)
    for number in (IMMEDIATE_SHUTDOWN, signal.SIGKILL):
        for pid in servers_in(cluster):
            _signal(pid, number)
        _wait_until_gone(cluster, 5.0)
    # PostgreSQL takes a number that is in use again, or a zombie that nobody collected, for a
    # living server. We know better: nothing of it works here, and we hold the keeper's lock.
    if not any(servers_in(cluster)):
        for lock in (cluster / "postmaster.pid", *cluster.parent.glob(".s.PGSQL.*")):
            lock.unlink(missing_ok=True)


def _wait_until_gone(cluster: Path, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while any(servers_in(cluster)) and time.monotonic() < deadline:
        time.sleep(GLANCE / 4)


def _signal(pid: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)


def _end_with_keeper() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, FAST_SHUTDOWN)
    if os.getppid() != KEEPER_PID:  # it was killed before the line above
        os.kill(os.getpid(), FAST_SHUTDOWN)


KEEPER_PID = os.getpid()


def main(specification: str) -> int:
    """Keep the server that the JSON object describes."""
    wanted = json.loads(specification)
    keeper_lock = wanted.pop("keeper_lock")
    os.pwrite(keeper_lock, f"{KEEPER_PID:<10}".encode(), 0)
    keeper = Keeper(**wanted)

    def stop(*_: object) -> None:
        keeper.told_to_stop = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    code = keeper.keep()
    # In this order: whoever waits for the users' lock must find that nobody keeps the server.
    os.close(keeper_lock)
    os.close(keeper.users)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
