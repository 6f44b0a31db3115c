"""Journeys: one installation for all, and windows of real people in a real browser."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from caseway.demo.password import PASSWORD
from tests.chromium import chromium
from tests.journeys.installation import Installation, installed

PICTURES = Path("var", "journeys")

expect.set_options(timeout=20_000)

Window = Callable[[str, str], Page]
TOLD = "the server responded with a status of 409"
"""Somebody was quicker, which the page tells its reader; the browser complains of it all the same."""


def is_fault(said: ConsoleMessage) -> bool:
    """Whether what the browser said to its console is of something that went wrong."""
    return said.type == "error" and TOLD not in said.text


@pytest.fixture(scope="session")
def installation() -> Iterator[Installation]:
    with installed() as caseway:
        yield caseway


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def window(browser: Browser) -> Iterator[Window]:
    """Open a window in which somebody has signed in; what the browser complains of fails the test."""
    complaints: list[str] = []
    pages: list[Page] = []

    def open_window(host: str, email: str) -> Page:
        context = browser.new_context(base_url=host, viewport={"width": 1440, "height": 900})
        context.set_default_timeout(20_000)
        page = context.new_page()
        page.on("console", lambda m: complaints.append(m.text) if is_fault(m) else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto("/accounts/login/")
        page.get_by_label("E-mail").fill(email)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        expect(page).not_to_have_url("**/accounts/login/**")
        pages.append(page)
        return page

    yield open_window
    for page in pages:
        page.context.close()
    assert not complaints


@pytest.fixture
def picture(request: pytest.FixtureRequest) -> Callable[[Page, str], None]:
    """Take a picture of a step, for people to look at."""
    folder = PICTURES / request.node.name
    folder.mkdir(parents=True, exist_ok=True)
    count = iter(range(1, 100))

    def take(page: Page, step: str) -> None:
        # Hiding the caret would put a style into the page, which its content policy refuses.
        page.screenshot(path=folder / f"{next(count):02d}-{step}.png", caret="initial")

    return take
