"""Small courtesies of the desk's scripts: signed out without a jump, tips, tidy addresses, mended fields."""

import re

from axe_core_python.sync_playwright import Axe
from playwright.sync_api import expect

from caseway.cases.models import Case
from caseway.demo.cast import Cast

from .conftest import Window


def test_what_a_page_asks_by_itself_carries_nobody_off(window: Window, people: Cast, case: Case) -> None:
    page = window(people.ana)
    address = f"/desk/cases/{case.number}"
    page.goto(address)
    page.context.clear_cookies(name="session")
    page.locator("#composer-text").fill("Still here")
    page.evaluate("htmx.trigger('#sidebar [hx-get]', 'caseway:counts')")
    notice = page.locator("[data-session-ended]")
    expect(notice).to_contain_text("You are signed out.")
    expect(notice.get_by_role("link", name="Sign in")).to_have_attribute(
        "href", re.compile(f"next=.*{case.number}")
    )
    expect(page.locator("#composer-text")).to_have_value("Still here")
    expect(page).to_have_url(re.compile(f"{address}$"))
    page.evaluate("htmx.trigger('#sidebar [hx-get]', 'caseway:counts')")
    expect(notice).to_have_count(1)


def test_tips_name_keys_only_while_they_are_used(window: Window, people: Cast, case: Case) -> None:
    page = window(people.ana)
    page.goto(f"/desk/cases/{case.number}")
    close = page.locator("#deed-close")
    expect(close).to_have_attribute("title", "Close (e)")
    people.ana.uses_single_keys = False
    people.ana.save()
    page.reload()
    expect(close).to_have_attribute("title", "Close")
    assert page.locator('main [title$=" (e)"], main [title$=" (r)"]').count() == 0


def test_a_search_leaves_nothing_empty_in_the_address(window: Window, people: Cast, case: Case) -> None:
    page = window(people.ana)
    page.goto("/desk/cases/?view=all")
    page.get_by_role("searchbox").fill("crate")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"q=crate"))
    page.get_by_role("searchbox").fill("")
    page.keyboard.press("Enter")
    expect(page).not_to_have_url(re.compile(r"=(&|$)"))


def test_an_error_goes_when_the_field_is_corrected(window: Window, people: Cast, case: Case) -> None:
    page = window(people.ana)
    page.goto("/desk/cases/new/")
    page.get_by_role("button", name="Create the case").click()
    wrong = page.locator('[aria-invalid="true"]').first
    expect(wrong).to_be_visible()
    error = page.locator(f"#{wrong.get_attribute('id')}-error")
    expect(error).to_be_visible()
    field = page.locator(f"#{wrong.get_attribute('id')}")
    field.fill("Now there is something")
    expect(error).to_have_count(0)
    expect(field).not_to_have_attribute("aria-invalid", "true")
    page.wait_for_load_state("networkidle")  # the draft is kept


def test_what_is_lost_is_said_where_axe_is_content(window: Window, people: Cast, case: Case) -> None:
    page = window(people.ana)
    page.goto(f"/desk/cases/{case.number}")
    page.evaluate("document.querySelector('cw-live').say('Connection lost.')")
    found = Axe().run(page, options={"runOnly": ["region"]})
    assert found["violations"] == []
