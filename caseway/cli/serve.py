"""`caseway serve`: the database, the web server, the worker and the mail listener, until told to stop."""

import fcntl
import http.client
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from caseway.cli.options import ServeOptions, refuse_taken_ports, serve_options
from caseway.cli.processes import GLANCE, Child, Children
from caseway.cli.refusal import Refused
from caseway.cli.sources import newest_change
from caseway.cli.welcome import welcome
from caseway.core.database.server import Attachment
from config.attachment import attach_database

PATIENCE = 20.0  # seconds that the processes get to finish what they do
WAITING = 32  # requests that a web process takes in for each that it answers at a time
MOST_STREAMS = 5000
FEW_CONNECTIONS = {"CASEWAY_THREADS": "1"}  # the stream server asks in one thread
CALM = 60.0  # seconds after which an answer from the web server is no longer waited for


class Stop(Exception):
    """A signal asked us to stop."""


def main(argv: list[str]) -> int:
    """Run until a signal; returns the exit code. Raises `Refused` where it can't start."""
    began = time.monotonic()
    options = serve_options(argv)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    try:
        return _serve(options, began)
    except Stop:
        return 0


def _serve(options: ServeOptions, began: float) -> int:
    refuse_taken_ports(options)
    with _only_one(options.environment.data_dir):
        attachment = attach_database(options.environment, _tell)
        try:
            with_demo = _prepare(options)
            _run(options, Children(_children(options)), attachment, began, with_demo=with_demo)
        finally:
            if attachment:
                attachment.release()
                _tell("Stopped.")
    return 0


def _run(
    options: ServeOptions, children: Children, attachment: Attachment | None, began: float, *, with_demo: bool
) -> None:
    try:
        children.start()
        _wait_for_web(options, children)
        _tell(welcome(options, time.monotonic() - began, with_demo=with_demo))
        _look_after(children, attachment, reload=options.reload)
    except Stop:
        _tell("Stopping ...")
        raise
    finally:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # a second Ctrl-C doesn't wait
        children.stop(PATIENCE)


def _look_after(children: Children, attachment: Attachment | None, *, reload: bool) -> None:
    seen = newest_change() if reload else 0.0
    while True:
        for line in children.look():
            _tell(line)
        if attachment:
            attachment.revive(_tell)
        time.sleep(GLANCE)
        if reload and (now := newest_change()) != seen:
            seen = now
            _tell("A source file changed; starting again ...")
            children.stop(PATIENCE)
            children.start()


def _prepare(options: ServeOptions) -> bool:
    """Migrate, collect, load the demo world; returns whether its people are there.

    All of it in a process that gives its memory back.
    """
    argv = [sys.executable, "-m", "caseway.cli", "prepare"]
    argv += ["--empty"] * options.empty
    argv += ["--refuse-demo"] * (options.is_beyond_loopback and not options.demo_beyond_loopback)
    last = "{}"
    with subprocess.Popen(argv, env=_environment(options), stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout or ():
            last = line
            if not line.startswith("{"):
                _tell(line.rstrip())
    if process.returncode:
        raise SystemExit(process.returncode)  # it has said why
    return bool(json.loads(last)["demo"])


def _children(options: ServeOptions) -> list[Child]:
    environment = _environment(options)
    run = [sys.executable, "-m", "caseway.cli"]
    children = [
        Child("web server", _web(options), environment | _metrics(options)),
        Child("worker", [*run, "worker"], environment),
        Child("stream server", _streams(options), environment | FEW_CONNECTIONS),
    ]
    settings = options.environment
    if settings.mail_smtp_port or settings.mail_lmtp_port:
        # One process for both: each takes a hundred megabytes.
        children.append(Child("mail listener", [*run, "mail", "listen", "--fetch"], environment))
    else:
        children.append(Child("mail fetcher", [*run, "mail", "fetch"], environment))
    return children


def _web(options: ServeOptions) -> list[str]:
    settings = options.environment
    # Most wait for their bodies, which takes no thread (caseway/core/http/bodies.py), or pass a stream
    # on (caseway/core/http/beside.py).
    most = settings.threads * WAITING + settings.streams
    numbers = {
        "--port": options.port,
        "--workers": settings.workers,
        "--backpressure": most,
        "--workers-kill-timeout": 10,
    }
    words = [str(word) for pair in numbers.items() for word in pair]
    flags = ["--interface", "rsgi", "--host", options.host, "--no-ws", "--respawn-failed-workers"]
    flags += ["--log-level", "error"]
    return [sys.executable, "-m", "granian", *flags, *words, "config.rsgi:application"]


def _streams(options: ServeOptions) -> list[str]:
    settings = options.environment
    numbers = {"--port": settings.events_port, "--workers": 1, "--workers-kill-timeout": 5}
    numbers |= {"--backlog": MOST_STREAMS, "--backpressure": MOST_STREAMS, "--blocking-threads": 1}
    words = [str(word) for pair in numbers.items() for word in pair]
    flags = ["--interface", "asgi", "--host", settings.events_host, "--no-ws", "--respawn-failed-workers"]
    flags += ["--log-level", "error"]
    return [sys.executable, "-m", "granian", *flags, *words, "config.asgi:application"]


def _environment(options: ServeOptions) -> dict[str, str]:
    settings = options.environment
    changes = {
        "CASEWAY_DATA_DIR": str(settings.data_dir),
        "CASEWAY_BASE_URL": settings.base_url,
        "CASEWAY_WORKERS": str(settings.workers),
        "CASEWAY_EVENTS_PORT": str(settings.events_port),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONUNBUFFERED": "1",
    }
    if options.reload:
        changes["CASEWAY_DEBUG"] = "true"
    return {**os.environ, **changes}


def _metrics(options: ServeOptions) -> dict[str, str]:
    """A folder where the web processes put their figures together, empty at each start."""
    folder = options.environment.data_dir / "metrics"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    return {"PROMETHEUS_MULTIPROC_DIR": str(folder)}


def _wait_for_web(options: ServeOptions, children: Children) -> None:
    deadline = time.monotonic() + CALM
    while not _answers(options):
        for line in children.look():
            _tell(line)
        if time.monotonic() > deadline:
            _tell("The web server has not answered for a minute; see the log above.")
            return
        time.sleep(0.05)


def _answers(options: ServeOptions) -> bool:
    host = "127.0.0.1" if options.host in {"0.0.0.0", "::"} else options.host  # noqa: S104
    connection = http.client.HTTPConnection(host, options.port, timeout=5)
    try:
        connection.request("GET", "/health/ready", headers={"Host": "localhost"})
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


class _only_one:  # noqa: N801 - reads as a word of `with`
    """Holds the data folder: two servers would do each other's jobs and share figures."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir

    def __enter__(self) -> None:
        locks = self.data_dir / "locks"
        try:
            self.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
            locks.mkdir(mode=0o700, exist_ok=True)
            self.handle = os.open(locks / "serve", os.O_RDWR | os.O_CREAT, 0o600)
            fcntl.flock(self.handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused(f"another caseway serve runs on the data folder {self.data_dir}") from None
        except OSError as problem:
            raise Refused(f"the data folder {self.data_dir} can't be used: {problem}") from None

    def __exit__(self, *_: object) -> None:
        os.close(self.handle)


def _stop(*_: object) -> None:
    raise Stop


def _tell(line: str) -> None:
    print(line, flush=True)
