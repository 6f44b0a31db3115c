"""The vectors of `test_markup` in a real browser: nothing runs, nothing is fetched."""

import pytest
from playwright.sync_api import Page

from caseway.mail.reading.tests.test_markup import AROUND, VECTORS, html_of
from tests.chromium import chromium

PAYLOAD = "window.ran = true"
INSERT = """pieces => pieces.forEach(piece => {
    const element = document.createElement("div");
    element.innerHTML = piece;
    document.body.append(element);
})"""
WAKE = """() => {
    for (const element of document.querySelectorAll("body *")) {
        for (const kind of ["mouseover", "focus", "error", "load", "toggle"]) {
            element.dispatchEvent(new Event(kind));
        }
    }
}"""


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


@pytest.fixture
def page(browser):
    with browser.new_page() as page:
        yield page


def shown(page: Page, markup: list[str]) -> tuple[bool, list[str]]:
    """Show markup as a page and as a part of one; say whether a script ran, and what was fetched."""
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    ran = False
    parsed = "<!doctype html><body>" + "".join(f"<div>{piece}</div>" for piece in markup)
    for content, inserted in ((parsed, []), ("<body></body>", markup)):
        page.set_content(content)
        page.evaluate(INSERT, inserted)
        page.evaluate(WAKE)
        page.wait_for_timeout(200)
        ran = ran or bool(page.evaluate("window.ran === true"))
    return ran, fetched


def test_nothing_runs_and_nothing_is_fetched(page):
    sources = [around.format(vector.replace("{0}", PAYLOAD)) for vector in VECTORS for around in AROUND]
    markup = sorted({piece for source in sources for piece in html_of(source)})
    assert shown(page, markup) == (False, [])


def test_the_browser_would_have_told(page):
    ran, fetched = shown(page, ['<img src="http://127.0.0.1:9/x.gif" onerror="window.ran = true">'])
    assert ran
    assert fetched
