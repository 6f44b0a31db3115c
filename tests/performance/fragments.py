"""Fragments that are fetched while somebody types."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import requests
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from caseway.accounts.models import Person
from tests.performance.rows import Row, cpu_of, floor_of, timed
from tests.performance.serving import form_token

TYPED = (
    "the sideboard is late and nobody at the terminal answers",
    "two cartons arrived broken, the driver would not wait for us to look at them",
    "we need a delivery in the morning because the store is shut after noon, please call ahead",
    "bill",
)


@dataclass(frozen=True)
class Fragment:
    """A fragment by name, the texts that are sent by turns, and how often that is taken in a minute."""

    name: str
    path: str
    texts: tuple[str, ...]
    most_a_minute: int


def measure_typing(
    fragment: Fragment, address: str, session: requests.Session, who: Person, count: int
) -> Row:
    """The fragment: p95 at the server, and its queries."""
    inside = Client(headers={"host": "localhost"})
    inside.force_login(who)
    ask_inside: list[Callable[[], object]] = [
        partial(inside.post, fragment.path, {"description": text, "form": "inside"})
        for text in fragment.texts
    ]
    ask_inside[0]()
    with CaptureQueriesContext(connection) as seen:
        ask_inside[0]()
    statements = [query["sql"] for query in seen.captured_queries]
    token = form_token(session, f"{address}/portal/cases/")

    def ask(text: str) -> None:
        sent = {"description": text, "form": "bench", "csrfmiddlewaretoken": token}
        answer = session.post(f"{address}{fragment.path}", sent, headers={"Referer": address}, timeout=30)
        answer.raise_for_status()

    texts = fragment.texts
    asks = [partial(ask, texts[place % len(texts)]) for place in range(min(count, fragment.most_a_minute))]
    for warm in asks[:5]:
        warm()
    cpu = cpu_of(ask_inside * 3)
    return timed(fragment.name, asks, cpu_ms=cpu, floor_ms=floor_of(statements), queries=len(statements))
