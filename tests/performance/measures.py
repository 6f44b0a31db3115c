"""What is measured. The names are part of the interface: comparisons over time rest on them."""

import random
from collections.abc import Iterator
from functools import partial

import requests

from caseway.accounts.models import Person
from caseway.accounts.viewer import Viewer
from caseway.api.tokens.actions import make_token
from caseway.cases.models import Case
from caseway.cases.views.filters import CaseFilter
from caseway.cases.views.named import View
from caseway.cases.views.queries import listing_of
from caseway.customers.models import Contact
from caseway.customers.viewers import desk_viewer_of
from tests.performance.lists import filter_pages, view_pages
from tests.performance.longest import longest_case
from tests.performance.mails import MAILS, ingest, mails, measure_worker
from tests.performance.pages import Page, measure_page
from tests.performance.portal import measure_portal
from tests.performance.rows import Row, timed
from tests.performance.sampling import some_numbers
from tests.performance.serving import serving, signed_in
from tests.performance.streams import measure_streams
from tests.performance.world import World


def measure_desk(world: World, port: int, requests_each: int, beginning: tuple[str, ...]) -> Iterator[Row]:
    """The desk's pages whose names begin so, and nothing else."""
    agent = Person.objects.get(email=world.agent)
    contact = Contact.objects.get(person__email=world.customer)
    with serving(port) as address:
        at_desk = signed_in(address, world.agent)
        for page in _desk_pages(desk_viewer_of(agent), contact):
            if page.name.startswith(beginning):
                yield measure_page(page, address, at_desk, agent, requests_each)


def measure_all(world: World, port: int, requests_each: int) -> Iterator[Row]:
    """Every figure, one after the other; the server runs meanwhile."""
    agent = Person.objects.get(email=world.agent)
    customer = Person.objects.get(email=world.customer)
    with serving(port) as address:
        at_desk = signed_in(address, world.agent)
        for page in _desk_pages(desk_viewer_of(agent), Contact.objects.get(person=customer)):
            yield measure_page(page, address, at_desk, agent, requests_each)
        in_portal = signed_in(address, world.customer)
        yield from measure_portal(address, in_portal, customer, requests_each)
        yield from _measure_api(address, agent, requests_each)
        yield from measure_streams(address, agent, at_desk, requests_each)
    yield _measure_mail()
    yield measure_worker()


def _desk_pages(viewer: Viewer, contact: Contact) -> list[Page]:
    numbers = some_numbers(Case.objects.visible_to(viewer))
    return [
        *list_pages(viewer, contact),
        Page("case", [f"/desk/cases/{number}" for number in numbers]),
        Page("case_500", [f"/desk/cases/{longest_case(viewer, contact)}"]),
        Page("customer", [f"/desk/customers/{contact.account_id}/"]),
    ]


def list_pages(viewer: Viewer, contact: Contact) -> list[Page]:
    """The lists of cases: views, filters, searches, a far page, and an account's."""
    account = f"/desk/customers/{contact.account_id}/cases/"
    views = "/desk/cases/?view="
    return [
        Page("list", [f"{views}all-active"]),
        Page("filter", [f"{views}all-active&status=open&type=lost&type=damaged"]),
        Page("page_50", [f"{views}all&cursor={_cursor_of_page(viewer, 50)}"]),
        *view_pages(),
        *filter_pages(viewer),
        Page("customer_cases", [account]),
        Page("search_rare", [f"{views}all&q=zeppelin"]),
        Page("search_common", [f"{views}all&q=pallet"]),
        Page("search_two", [f"{views}all&q=pallet+terminal"]),
        Page("search_name", [f"{views}all&q=nina"]),
        Page("search_absent", [f"{views}all&q=airship"]),
        Page("search_view", [f"{views}my-active&q=pallet"]),
        Page("search_account", [f"{account}?keyword=pallet"]),
        Page("search_tracking", [f"{views}all&q=1Z123"]),
    ]


def _cursor_of_page(viewer: Viewer, page: int) -> str:
    wanted, cursor = CaseFilter(view=View.ALL), None
    for _ in range(page - 1):
        cursor = listing_of(wanted, viewer, cursor=cursor).page.next or cursor
    return cursor or ""


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
