"""The reference pages in a real browser, under the real content security policy, without a database."""

from collections.abc import Iterator

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test import override_settings
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, Page, Response

from tests.chromium import chromium


@pytest.fixture(scope="module")
def kit() -> Iterator[str]:
    """The address of a server with the reference pages."""
    settings = override_settings(
        ROOT_URLCONF="tests.kit.urls",
        MESSAGE_STORAGE="django.contrib.messages.storage.cookie.CookieStorage",
        MIDDLEWARE=[
            "caseway.core.http.policy.SecurityHeadersMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
        ],
    )
    with settings:
        server = LiveServerThread("127.0.0.1", StaticFilesHandler)
        server.daemon = True
        server.start()
        server.is_ready.wait()
        if server.error:
            raise server.error
        yield f"http://127.0.0.1:{server.port}"
        server.terminate()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def page(browser: Browser, kit: str) -> Iterator[Page]:
    """A desk-sized page at the kit's address; any complaint of the browser fails the test."""
    context = browser.new_context(
        base_url=kit, viewport={"width": 1440, "height": 900}, reduced_motion="reduce"
    )
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if "Content Security" in said.text else None)
    page.on("response", lambda answer: complaints.extend(_unanswered(answer)))
    yield page
    context.close()
    assert complaints == []


def _unanswered(answer: Response) -> list[str]:
    if answer.request.is_navigation_request() and answer.status >= 400:
        return [f"{answer.status} {answer.url}"]
    return []
