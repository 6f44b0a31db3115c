"""A live server, and windows in which nobody is signed in yet."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, CDPSession, Page

from caseway.demo.cast import Cast, make_cast
from tests.chromium import chromium

# Playwright runs a loop in this thread, in which Django would refuse to ask the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

Window = Callable[..., Page]
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def people(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def window(browser: Browser, live_server: Any, people: Cast) -> Iterator[Window]:
    """Opens a window on Larkfield's portal; whatever the browser complains of fails the test."""
    complaints: list[str] = []
    contexts = []

    def open_window(**options: Any) -> Page:
        base = f"http://larkfield.localhost:{live_server.thread.port}"
        context = browser.new_context(base_url=base, reduced_motion="reduce", **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console", lambda said: complaints.append(said.text) if "Content Security" in said.text else None
        )
        return page

    yield open_window
    for context in contexts:
        context.close()
    assert complaints == []


def give_device(page: Page) -> tuple[CDPSession, str]:
    """Give the page's browser a device that keeps passkeys; its session, and the device's id."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    device = session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return session, device["authenticatorId"]
