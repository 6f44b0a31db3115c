"""Pages: asked for by turns, over the network and inside, with their queries and their floor."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import requests
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from caseway.accounts.models import Person
from tests.performance.rows import Row, cpu_of, floor_of, timed

WARMING = 5


@dataclass(frozen=True)
class Page:
    """A page by name: addresses to ask for by turns."""

    name: str
    addresses: list[str]


def measure_page(page: Page, address: str, session: requests.Session, who: Person, count: int) -> Row:
    """The page, `count` times over the network. Stops the bench where it isn't there."""
    if not page.addresses:
        raise SystemExit(f"{page.name}: this world has nothing to ask for.")
    inside = Client(headers={"host": "localhost"})
    inside.force_login(who)
    inside.get(page.addresses[0])
    with CaptureQueriesContext(connection) as seen:
        inside.get(page.addresses[0])
    statements = [query["sql"] for query in seen.captured_queries]
    by_turns = itertools.islice(itertools.cycle(page.addresses), count + WARMING)
    asks = [_asking(session, address + path) for path in by_turns]
    for ask in asks[:WARMING]:
        ask()
    cpu = cpu_of(
        [partial(inside.get, path) for path in itertools.islice(itertools.cycle(page.addresses), 20)]
    )
    floor = floor_of(statements)
    return timed(page.name, asks[WARMING:], cpu_ms=cpu, floor_ms=floor, queries=len(statements))


def _asking(session: requests.Session, url: str) -> Callable[[], object]:
    def ask() -> None:
        answer = session.get(url, timeout=30)
        if answer.status_code != requests.codes.ok or answer.history:
            raise SystemExit(f"{url} answered {answer.status_code} {answer.url}")

    return ask
