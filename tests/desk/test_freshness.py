"""A page that renews itself: what was fetched before its reader saved something never takes its place."""

import pytest
from playwright.sync_api import Page, Route, expect

from caseway.cases.models import Case
from caseway.demo.cast import Cast

from .conftest import Window

RENEWS = """number => {
  document.addEventListener("caseway:fresh", () => { window.renewals = (window.renewals ?? 0) + 1; });
  document.dispatchEvent(new CustomEvent("caseway:case", { detail: { number } }));
}"""
"""Tells the page that something happened to its case, and counts how often it has renewed itself."""


@pytest.fixture
def page(window: Window, people: Cast, case: Case) -> Page:
    page = window(people.ana)
    page.clock.install()
    page.goto(f"/desk/cases/{case.number}")
    page.locator("#field-crm_number a.edit").click()
    page.locator("#field-crm_number [name=crm_number]").fill("00291847")
    return page


def save(page: Page) -> None:
    page.locator("#field-crm_number").get_by_role("button", name="Save").click()
    expect(page.locator("#field-crm_number a.edit")).to_contain_text("00291847")


def renewed(page: Page, times: int = 1) -> None:
    page.wait_for_function("times => (window.renewals ?? 0) >= times", arg=times)


def test_what_waited_until_its_reader_was_done_is_out_of_date_then(page: Page, case: Case) -> None:
    page.evaluate(RENEWS, case.number)
    renewed(page)
    save(page)
    page.clock.fast_forward(5_000)
    assert "00291847" in page.locator("#field-crm_number a.edit").inner_text()


def test_what_was_on_its_way_while_its_reader_saved_is_fetched_again(page: Page, case: Case) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        if "x-caseway-live" not in route.request.headers or held:
            route.continue_()
        else:
            held.append(route)

    page.route(f"**/desk/cases/{case.number}", hold)
    page.evaluate(RENEWS, case.number)
    while not held:
        page.wait_for_function("true")  # lets what the page asks for be heard
    before = held[0].fetch()
    save(page)
    held[0].fulfill(response=before)
    page.clock.fast_forward(60_000)
    renewed(page)
    assert "00291847" in page.locator("#field-crm_number a.edit").inner_text()
