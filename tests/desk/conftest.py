"""People at their desks: as browsers without scripts, and in a real one."""

import os
import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from caseway.accounts.models import Person
from caseway.cases.models import Case
from caseway.cases.ownership.actions import claim
from caseway.cases.tests.story import fresh, shared_with_brightwater
from caseway.demo.cast import Cast, make_cast
from tests.chromium import chromium

Desk = Callable[[Person], Client]
Window = Callable[..., Page]
expect.set_options(timeout=20_000)


def links(page: str, marker: str) -> list[str]:
    """The addresses of all links whose tag holds `marker`, in their order."""
    tags = [tag for tag in re.findall(r"<a\b[^>]*>", page) if marker in tag and "aria-disabled" not in tag]
    return [unescape(href) for tag in tags for href in re.findall(r'\bhref="([^"]*)"', tag)]


@pytest.fixture
def desk() -> Desk:
    """A browser in which somebody is signed in."""

    def sit_down(person: Person) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return sit_down


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    # Playwright runs a loop in this thread, in which Django would refuse to ask the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with chromium() as browser:
        yield browser


@pytest.fixture
def people(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def window(browser: Browser, live_server: Any, people: Cast) -> Iterator[Window]:
    """Opens an agent's window, signed in; whatever the browser complains of fails the test."""
    complaints: list[str] = []
    contexts = []

    def sit_down(person: Person, width: int = 1440, **options: Any) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            reduced_motion="reduce",
            viewport={"width": width, "height": 900},
            **options,
        )
        contexts.append(context)
        client = Client()
        client.force_login(person)
        value = client.cookies["session"].value
        context.add_cookies([{"name": "session", "value": value, "url": live_server.url}])
        context.set_default_timeout(20_000)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console", lambda said: complaints.append(said.text) if "Content Security" in said.text else None
        )
        return page

    yield sit_down
    for context in contexts:
        context.close()
    assert not complaints


@pytest.fixture
def case(people: Cast) -> Case:
    case = shared_with_brightwater(people)
    claim(case, by=people.at_desk(people.ana))
    return fresh(case)
