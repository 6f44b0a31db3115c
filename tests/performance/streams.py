"""Five hundred people at their desks: what their streams cost, and what they do to the list's speed.

Their sessions are stored, not signed in: the sign-in is not what is measured.
"""

import http.client
import os
import select
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import requests
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection

from caseway.accounts.models import Person
from caseway.cases.conversation.actions import post
from caseway.cases.conversation.writing import Content
from caseway.cases.models import Case
from caseway.cases.types import Audience
from caseway.customers.viewers import desk_viewer_of
from tests.performance.pages import Page, measure_page
from tests.performance.rows import Row

STREAMS = 500
OPENED_AT_ONCE = 25
PATIENCE = 60
BACKEND = "caseway.accounts.sign_in.backend.AddressBackend"


def measure_streams(address: str, agent: Person, session: requests.Session, count: int) -> Iterator[Row]:
    """`list_beside_streams`: the list while 500 streams are open; `streams`: from a note to each of them.

    Prints what the streams take: the memory of their processes, and the connections they hold.
    """
    page = Page("list_beside_streams", ["/desk/cases/?view=all-active"])
    before = _memory()
    with _open_streams(address) as streams:
        time.sleep(1)
        after = _memory()
        yield measure_page(page, address, session, agent, count)
        yield _told(agent, streams)
        held = _connections()
    for name, size in after.items():
        grown = size - before.get(name, 0)
        print(f"{name:<18} {size:>11.1f} MB, of which {grown:.1f} for {len(streams)} streams")
    print(f"{'stream connections':<18} {held:>11}")


@contextmanager
def _open_streams(address: str) -> Iterator[list[socket.socket]]:
    """The sockets of so many streams, each of which has begun."""
    place = urlsplit(address)
    keys = _sessions()
    with ExitStack() as lines:
        streams = []
        for first in range(0, STREAMS, OPENED_AT_ONCE):
            for key in keys[first : first + OPENED_AT_ONCE]:
                line = http.client.HTTPConnection(place.hostname or "localhost", place.port, timeout=PATIENCE)
                lines.callback(line.close)
                line.request("GET", "/events?at=desk", headers={"Cookie": f"session={key}"})
                streams.append(line)
            for line in streams[first:]:
                status = line.sock.recv(12, socket.MSG_WAITALL)
                if status != b"HTTP/1.1 200":
                    raise SystemExit(f"A stream was answered {status!r}.")
        yield [line.sock for line in streams]


def _sessions() -> list[str]:
    """Sessions of agents of the largest organisation, five for each person at most."""
    people = Person.objects.filter(memberships__organisation__slug="org-001", is_active=True).order_by("pk")
    agents = list(people[:STREAMS])
    if len(agents) * 8 < STREAMS:
        agents += _more_agents(agents[0], STREAMS // 8 + 1 - len(agents))
    return [_session(agents[n % len(agents)]) for n in range(STREAMS)]


def _more_agents(like: Person, count: int) -> list[Person]:
    """Colleagues with the same seat: nobody has more than eight streams."""
    seat = like.memberships.get()
    made = []
    for n in range(count):
        person, is_new = Person.objects.get_or_create(
            email=f"watcher{n}@org-001.example", defaults={"name": f"Watcher {n}"}
        )
        if is_new:
            person.memberships.create(organisation=seat.organisation, role=seat.role)
        made.append(person)
    return made


def _session(person: Person) -> str:
    store = SessionStore()
    store[SESSION_KEY] = str(person.pk)
    store[BACKEND_SESSION_KEY] = BACKEND
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store.create()
    return str(store.session_key)


def _told(agent: Person, streams: list[socket.socket]) -> Row:
    """Milliseconds from a note that is kept until each stream has brought it."""
    viewer = desk_viewer_of(agent)
    case = Case.objects.visible_to(viewer).latest("pk")
    for stream in streams:
        _drain(stream)
    post(case, by=viewer, audience=Audience.TEAM, content=Content(text="Measured."))
    kept = time.perf_counter()
    times, waiting = [], set(streams)
    while waiting and time.perf_counter() - kept < PATIENCE:
        for stream in select.select(list(waiting), [], [], PATIENCE)[0]:
            if case.number.encode() in stream.recv(1 << 16):
                waiting.discard(stream)
                times.append((time.perf_counter() - kept) * 1000)
    if waiting:
        raise SystemExit(f"{len(waiting)} of {len(streams)} streams were not told.")
    times.sort()
    middle, late = times[len(times) // 2], times[round(len(times) * 0.95) - 1]
    return Row("streams", len(streams), middle, late, len(times) / (times[-1] / 1000))


def _drain(stream: socket.socket) -> None:
    while select.select([stream], [], [], 0)[0]:
        stream.recv(1 << 16)


def _memory() -> dict[str, float]:
    """Megabytes (PSS) of the stream server and of the web server, with their workers."""
    kinds = {"config.asgi": "stream server", "config.rsgi": "web server"}
    found = dict.fromkeys(kinds.values(), 0.0)
    words = subprocess.run(["ps", "-eo", "pid=,args="], capture_output=True, text=True, check=True).stdout
    for line in words.splitlines():
        pid, _, command = line.strip().partition(" ")
        kind = next((name for mark, name in kinds.items() if mark in command), None)
        if kind and _is_ours(pid):
            rollup = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii")
            found[kind] += int(rollup.split("Pss:")[1].split()[0]) / 1024
    return found


def _is_ours(pid: str) -> bool:
    """Whether the process serves the data folder that is measured."""
    try:
        environment = Path(f"/proc/{pid}/environ").read_bytes()
    except OSError:
        return False
    return f"CASEWAY_DATA_DIR={os.environ['CASEWAY_DATA_DIR']}".encode() in environment


def _connections() -> int:
    """Connections of the database that listen for streams: one, however many there are."""
    parameters = connection.get_connection_params()
    wanted = {k: parameters[k] for k in ("host", "port", "dbname", "user", "password") if parameters.get(k)}
    with psycopg.connect(**wanted) as plain:
        row = plain.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'caseway events'"
            " AND datname = current_database()"
        ).fetchone()
    return int(row[0]) if row else 0
