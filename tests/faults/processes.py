"""Processes of Caseway for tests that kill them, over the test's own database."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from django.db import connection

ROOT = Path(__file__).resolve().parents[2]


def environment(**more: str) -> dict[str, str]:
    """The environment of a process that works on this test's database."""
    at = connection.settings_dict
    login = f"{quote(at['USER'])}:{quote(at['PASSWORD'])}" if at["PASSWORD"] else quote(at["USER"])
    host = quote(at["HOST"], safe="")
    where = (
        f"{host}:{at['PORT']}/{at['NAME']}"
        if "/" not in at["HOST"]
        else f"/{at['NAME']}?host={host}&port={at['PORT']}"
    )
    url = (
        f"postgresql://{login}@{where}"
        if "/" not in at["HOST"]
        else f"postgresql://{login}@localhost:{at['PORT']}{where}"
    )
    return {**os.environ, "CASEWAY_DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings", **more}


@contextmanager
def running(
    *argv: str, env: Mapping[str, str] | None = None, log: Path | None = None
) -> Iterator["subprocess.Popen[str]"]:
    """A Python process with these arguments; killed at the end if it still runs."""
    with (log or Path(os.devnull)).open("a", encoding="utf-8") as errors:
        process = subprocess.Popen(
            [sys.executable, *argv],
            cwd=ROOT,
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
        try:
            yield process
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGKILL)
            process.wait()


def first_line_of(process: "subprocess.Popen[str]") -> str:
    """What the process prints first."""
    return process.stdout.readline() if process.stdout else ""


def worker(smtp_port: int, log: Path | None = None):
    """A worker that sends over the sink."""
    env = environment(CASEWAY_SMTP_URL=f"smtp://127.0.0.1:{smtp_port}")
    return running("-m", "django", "worker", env=env, log=log)


Start = Callable[..., AbstractContextManager[Callable[[], bool]]]


@contextmanager
def forked_workers(smtp_port: int, log: Path) -> Iterator[Start]:
    """Workers that send over the sink, each a fork, so that thousands take minutes.

    What is given starts one for a block, and kills it at the block's end.
    """
    with forked("worker", environment(CASEWAY_SMTP_URL=f"smtp://127.0.0.1:{smtp_port}"), log) as start:
        yield start


@contextmanager
def forked(command: str, env: Mapping[str, str], log: Path) -> Iterator[Start]:
    """Processes of a command, started as above. A block may have its process die by itself at some
    step (tests.faults.forking), and is given a way to ask whether it has gone."""
    with running("-m", "tests.faults.forking", command, env=env, log=log) as process:

        @contextmanager
        def start(step: int | None = None) -> Iterator[Callable[[], bool]]:
            assert process.stdin
            process.stdin.write(f"{step or ''}\n")
            process.stdin.flush()
            number = int(first_line_of(process))
            try:
                yield lambda: not _is_there(number)
            finally:
                with suppress(ProcessLookupError):
                    os.kill(number, signal.SIGKILL)
            assert first_line_of(process) == "gone\n"

        yield start


def _is_there(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True


def wait_until(condition, seconds: float) -> float:
    """Wait for `condition()`; returns the seconds it took, fails after `seconds`."""
    began = time.monotonic()
    while not condition():
        assert time.monotonic() - began < seconds, f"not within {seconds} s"
        time.sleep(0.05)
    return time.monotonic() - began
