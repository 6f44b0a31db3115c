"""Django's admin works under the content security policy, in a real browser."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from caseway.demo.cast import make_cast
from tests.chromium import chromium

PAGES = (
    "/admin/",
    "/admin/accounts/person/",
    "/admin/accounts/person/add/",
    "/admin/accounts/organisation/",
    "/admin/accounts/organisation/add/",
)


@pytest.mark.journey
@pytest.mark.django_db(transaction=True)
def test_no_page_of_the_admin_is_hindered(live_server):
    cookies = signed_in_cookies(live_server.url)
    with chromium() as browser:
        context = browser.new_context(base_url=live_server.url)
        context.add_cookies(cookies)
        complaints = visit(context.new_page())

    assert complaints == []


def signed_in_cookies(url):
    client = Client()
    client.force_login(make_cast().root)
    return [
        {"name": name, "value": morsel.value, "url": url}
        for name, morsel in client.cookies.items()
        if name == settings.SESSION_COOKIE_NAME
    ]


def visit(page: Page) -> list[str]:
    """What the browser complains about on the way through the admin."""
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    page.on("console", lambda said: complaints.append(said.text) if "Content Security" in said.text else None)
    for path in PAGES:
        answer = page.goto(path, wait_until="networkidle")
        assert answer is not None
        assert answer.status == 200, path
        assert page.locator("#user-tools").count() == 1, "signed in"
    return complaints
