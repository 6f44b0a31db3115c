"""Embedded servers for tests that hurt them."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg

from caseway.core.database.place import DATABASE, ROLE, Place
from config.values import ROOT


def connect(
    place: Place, user: str = ROLE, database: str = DATABASE
) -> "psycopg.Connection[tuple[Any, ...]]":
    """A connection that commits each statement."""
    return psycopg.connect(host=place.client_host, user=user, dbname=database, autocommit=True)


def value(place: Place, query: str, user: str = ROLE) -> Any:
    """The one value that a query gives."""
    with connect(place, user) as connection:
        row = connection.execute(query).fetchone()
    assert row is not None
    return row[0]


def wait_until(condition: Callable[[], bool], seconds: float = 20.0) -> bool:
    """Whether `condition` comes true within `seconds`."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def user_process(data_dir: Path, then: str = "time.sleep(600)") -> "subprocess.Popen[str]":
    """Another process that uses the server of `data_dir`; it has written "attached" when this returns."""
    code = f"""
        import time
        from pathlib import Path
        from caseway.core.database.server import attach
        attachment = attach(Path({str(data_dir)!r}), lambda line: None)
        print("attached", flush=True)
        {then}
    """
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "attached\n"
    return process


def kill(*pids: int) -> None:
    """`kill -9`; returns when the processes are gone, whether or not somebody collected them."""
    for pid in pids:
        os.kill(pid, signal.SIGKILL)
    assert wait_until(lambda: not any(map(lives, pids)))


def lives(pid: int) -> bool:
    """Whether the process runs and isn't just waiting to be collected."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def as_user(uid: int, attempt: Callable[[], str]) -> str:
    """What `attempt` returns when another user of the machine makes it; needs root."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.setgroups([])
            os.setgid(uid)
            os.setuid(uid)
            answer = attempt()
        except BaseException as problem:
            answer = type(problem).__name__
        os.write(writer, answer.encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as file:
        answer = file.read()
    os.waitpid(child, 0)
    return answer
