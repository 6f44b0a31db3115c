"""A stream server, pages beside it, and people who look."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from caseway.accounts.models import Person
from caseway.cases.models import Case
from caseway.cases.tests.story import fresh, shared_with_brightwater
from caseway.demo.cast import Cast, make_cast
from tests.chromium import chromium
from tests.live.serving import Reader, pages, session_of, stream_server
from tests.ports import free_port

Window = Callable[..., Page]
Listen = Callable[..., Reader]
expect.set_options(timeout=20_000)


@pytest.fixture(scope="module")
def events_port(django_db_setup: None, django_db_blocker: Any) -> Iterator[int]:
    port = free_port()
    with django_db_blocker.unblock(), stream_server(port):
        yield port


@pytest.fixture
def people(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def case(people: Cast) -> Case:
    return fresh(shared_with_brightwater(people))


@pytest.fixture
def listen(events_port: int, people: Cast) -> Iterator[Listen]:
    """Opens a stream, and waits until it has begun."""
    readers: list[Reader] = []

    def begin(person: Person | None, session: str = "", **options: str) -> Reader:
        reader = Reader(events_port, session or (session_of(person) if person else ""), **options)
        readers.append(reader)
        if reader.status == 200:
            reader.next("ready")
        return reader

    yield begin
    for reader in readers:
        reader.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    # Playwright runs a loop in this thread, in which Django would refuse to ask the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with chromium() as browser:
        yield browser


@pytest.fixture
def address(events_port: int, people: Cast) -> Iterator[str]:
    with pages(events_port) as address:
        yield address


@pytest.fixture
def window(browser: Browser, address: str) -> Iterator[Window]:
    """Opens a window, signed in; what the browser complains of fails the test."""
    complaints: list[str] = []
    contexts: dict[int, Any] = {}

    def sit_down(person: Person, **options: Any) -> Page:
        """Another window of the same person shares the browser with the first."""
        if person.pk not in contexts:
            context = browser.new_context(
                base_url=address, viewport={"width": 1440, "height": 900}, **options
            )
            client = Client()
            client.force_login(person)
            value = client.cookies["session"].value
            context.add_cookies([{"name": "session", "value": value, "url": address}])
            context.set_default_timeout(20_000)
            contexts[person.pk] = context
        page: Page = contexts[person.pk].new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if "Security" in said.text else None)
        return page

    yield sit_down
    for context in contexts.values():
        for page in context.pages:
            page.goto("about:blank")
        context.close()
    assert not complaints
