"""The palette in a real browser: what the page offers, then what is found; late answers are dropped."""

import re

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from caseway.accounts.permissions import Permission
from caseway.cases.models import Case
from caseway.cases.tests.story import raised_by_kim
from caseway.demo.cast import Cast

from .conftest import Window


def call(page: Page, typed: str = "") -> None:
    page.keyboard.press("Control+k")
    expect(page.get_by_role("combobox", name="Command or case")).to_be_focused()
    page.keyboard.type(typed)


def test_a_number_and_enter_open_the_case_however_quick(window: Window, people: Cast, case: Case) -> None:
    page = window(people.ana)
    page.goto("/desk/tasks/")
    call(page, case.number)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(rf"/desk/cases/{case.number}$"))


def test_the_page_offers_what_its_reader_may_do(window: Window, people: Cast, case: Case) -> None:
    role = people.memberships[people.ben.email].role
    role.permissions = [one for one in role.permissions if one != Permission.MERGE]
    role.save(update_fields=["permissions"])
    ben, lea = window(people.ben), window(people.lea)
    for page in (ben, lea):
        page.goto(f"/desk/cases/{case.number}")
        call(page, "merge with another")
    group = lea.get_by_role("group", name=f"On {case.number}")
    expect(group.get_by_role("option")).to_have_count(1)
    expect(ben.get_by_role("option")).to_have_count(1)
    expect(ben.get_by_role("option")).to_have_text(re.compile("Search all cases"))
    lea.keyboard.press("Enter")
    expect(lea.get_by_role("dialog", name=re.compile("Merge"))).to_be_visible()


def test_a_late_answer_is_dropped(window: Window, people: Cast, case: Case) -> None:
    other = raised_by_kim(people, "Oak table")
    page = window(people.ana)
    page.goto("/desk/tasks/")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/desk/palette?q=oak", hold)
    call(page)
    with page.expect_request("**/desk/palette?q=oak"):
        page.locator("#palette input").fill("oak")
    page.locator("#palette input").fill(case.number)
    found = page.get_by_role("group", name="Cases").get_by_role("option")
    expect(found).to_have_text(re.compile(case.number))
    for route in held:
        route.fulfill(body=f'<a role="option" id="palette-late" href="/">{other.number}</a>')
    expect(page.locator("#palette-late")).to_have_count(0)
    expect(found).to_have_text(re.compile(case.number))


def test_nothing_typed_lists_what_was_opened_last(window: Window, people: Cast, case: Case) -> None:
    page = window(people.ana)
    with page.expect_response("**/visit"):
        page.goto(f"/desk/cases/{case.number}")
    page.goto("/desk/tasks/")
    call(page)
    recent = page.get_by_role("group", name="Opened last").get_by_role("option")
    expect(recent).to_have_text(re.compile(case.number))
    expect(recent).to_have_attribute("aria-selected", "true")
    expect(page.locator("#palette [role=status]")).to_have_text(re.compile(r"Offered: \d+"))


def test_the_arrows_choose_and_escape_gives_the_focus_back(window: Window, people: Cast, case: Case) -> None:
    page = window(people.ana)
    page.goto(f"/desk/cases/{case.number}")
    page.locator("#composer-text").fill("Half a thought")
    page.locator("#composer-text").focus()
    call(page, "tasks")
    box = page.get_by_role("combobox")
    expect(page.get_by_role("option", name="My tasks")).to_be_visible()
    first = box.get_attribute("aria-activedescendant")
    page.keyboard.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") != first
    page.keyboard.press("ArrowUp")
    assert box.get_attribute("aria-activedescendant") == first
    expect(page.locator(f"#{first}")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).to_be_hidden()
    expect(page.locator("#composer-text")).to_be_focused()
    expect(page.locator("#composer-text")).to_have_value("Half a thought")


def test_without_an_answer_all_cases_can_still_be_searched(window: Window, people: Cast) -> None:
    page = window(people.ana)
    page.goto("/desk/tasks/")
    page.route("**/desk/palette**", lambda route: route.abort())
    call(page, "walnut & co")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/desk/cases/\?view=all&q=walnut%20%26%20co"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_axe_finds_nothing(window: Window, people: Cast, case: Case, width: int, scheme: str) -> None:
    page = window(people.ana, width, color_scheme=scheme, bypass_csp=True)
    page.goto(f"/desk/cases/{case.number}")
    call(page, "a")
    expect(page.get_by_role("group", name="Go to")).to_be_visible()
    assert _found(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.locator("#keys [data-here]")).to_be_visible()
    assert _found(page) == []
    page.goto("/desk/keys/")
    assert _found(page) == []


def _found(page: Page) -> list[tuple[str, str]]:
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    found = Axe().run(page)
    return [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]]
