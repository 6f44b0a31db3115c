"""What is measured. The names are part of the interface: comparisons over time rest on them."""

import itertools
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import requests
from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext

from caseway.accounts.models import Person
from caseway.accounts.viewer import Viewer
from caseway.api.tokens.actions import make_token
from caseway.cases.models import Case
from caseway.cases.views.filters import CaseFilter
from caseway.cases.views.named import View
from caseway.cases.views.queries import listing_of
from caseway.customers.viewers import desk_viewer_of, portal_viewer_of
from tests.performance.guidance import measure_guidance
from tests.performance.mails import MAILS, ingest, mails
from tests.performance.rows import Row, cpu_of, floor_of, timed
from tests.performance.serving import serving, signed_in
from tests.performance.world import World


@dataclass(frozen=True)
class Page:
    """A page by name: addresses to ask for by turns."""

    name: str
    addresses: list[str]


def measure_all(world: World, port: int, requests_each: int) -> Iterator[Row]:
    """Every figure, one after the other; the server runs meanwhile."""
    agent = Person.objects.get(email=world.agent)
    customer = Person.objects.get(email=world.customer)
    with serving(port) as address:
        at_desk = signed_in(address, world.agent)
        for page in _desk_pages(desk_viewer_of(agent)):
            yield _measure_page(page, address, at_desk, agent, requests_each)
        in_portal = signed_in(address, world.customer)
        for page in _portal_pages(portal_viewer_of(customer)):
            yield _measure_page(page, address, in_portal, customer, requests_each)
        yield measure_guidance(address, in_portal, customer, requests_each)
        yield from _measure_api(address, agent, requests_each)
    yield _measure_mail()


def _desk_pages(viewer: Viewer) -> list[Page]:
    numbers = _some_numbers(Case.objects.visible_to(viewer))
    views = "/desk/cases/?view="
    cursor = _cursor_of_page(viewer, 50)
    return [
        Page("list", [f"{views}all-active"]),
        Page("filter", [f"{views}all-active&status=open&type=lost&type=damaged"]),
        Page("page_50", [f"{views}all&cursor={cursor}"]),
        Page("case", [f"/desk/cases/{number}" for number in numbers]),
        Page("search_rare", [f"{views}all&q=zeppelin"]),
        Page("search_common", [f"{views}all&q=pallet"]),
        Page("search_tracking", [f"{views}all&q=1Z123"]),
    ]


def _portal_pages(viewer: Viewer) -> list[Page]:
    numbers = _some_numbers(Case.objects.visible_to(viewer))
    return [
        Page("portal_list", ["/portal/cases/"]),
        Page("portal_case", [f"/portal/cases/{number}/" for number in numbers]),
    ]


def _some_numbers(cases: QuerySet[Case]) -> list[str]:
    numbers = list(cases.order_by("-pk").values_list("number", flat=True)[:2000])
    return random.Random(1).sample(numbers, min(50, len(numbers)))


def _cursor_of_page(viewer: Viewer, page: int) -> str:
    wanted, cursor = CaseFilter(view=View.ALL), None
    for _ in range(page - 1):
        cursor = listing_of(wanted, viewer, cursor=cursor).page.next or cursor
    return cursor or ""


def _measure_page(page: Page, address: str, session: requests.Session, who: Person, count: int) -> Row:
    inside = Client(headers={"host": "localhost"})
    inside.force_login(who)
    inside.get(page.addresses[0])
    with CaptureQueriesContext(connection) as seen:
        inside.get(page.addresses[0])
    statements = [query["sql"] for query in seen.captured_queries]
    by_turns = itertools.islice(itertools.cycle(page.addresses), count + 5)
    asks = [_asking(session, address + path) for path in by_turns]
    for ask in asks[:5]:
        ask()
    cpu = cpu_of(
        [partial(inside.get, path) for path in itertools.islice(itertools.cycle(page.addresses), 20)]
    )
    floor = floor_of(statements)
    return timed(page.name, asks[5:], cpu_ms=cpu, floor_ms=floor, queries=len(statements))


def _asking(session: requests.Session, url: str) -> Callable[[], object]:
    def ask() -> None:
        answer = session.get(url, timeout=30)
        if answer.status_code != requests.codes.ok or answer.history:
            raise SystemExit(f"{url} answered {answer.status_code} {answer.url}")

    return ask


def _measure_api(address: str, agent: Person, count: int) -> Iterator[Row]:
    session = requests.Session()
    session.headers["Authorization"] = f"Bearer {make_token(agent)[1]}"
    made: list[str] = []

    def create() -> None:
        body = {"subject": "Measured", "description": "The pallet is late. " * 15, "type": "lost"}
        answer = session.post(f"{address}/api/v1/cases", json=body, timeout=30)
        answer.raise_for_status()
        made.append(answer.json()["number"])

    def comment() -> None:
        body = {"audience": "team", "text": "Asked the terminal again. " * 12}
        url = f"{address}/api/v1/cases/{random.choice(made)}/messages"
        session.post(url, json=body, timeout=30).raise_for_status()

    yield timed("create", [create] * count)
    yield timed("comment", [comment] * count)


def _measure_mail() -> Row:
    return timed("mail_in", [partial(ingest, raw) for raw in mails(MAILS)])
