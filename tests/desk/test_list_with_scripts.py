"""The list in a real browser: ticks that last, bulk operations, a case beside it."""

import re

import pytest
from playwright.sync_api import Page, expect

from caseway.cases.lifecycle.actions import close
from caseway.cases.models import Case, Side
from caseway.cases.status import Status
from caseway.cases.tests.story import closure_reason, raised_by_kim
from caseway.demo.cast import Cast

from .conftest import Window

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks waits to the end: no worker runs beside the tests, and the machine may be busy."""
    monkeypatch.setattr("caseway.cases.bulk.desk.QUICK_SECONDS", 60.0)


@pytest.fixture
def many(people: Cast) -> list[Case]:
    return [raised_by_kim(people, f"Sideboard {n}") for n in range(52)]


def row(page: Page, case: Case):
    return page.locator("tbody tr", has_text=case.number)


def test_ticks_last_through_paging_and_are_all_closed_and_undone(
    window: Window, people: Cast, many: list[Case]
) -> None:
    page = window(people.ana)
    page.goto("/desk/cases/?view=all-active&sort=created")
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.locator("tbody [data-select]").nth(3).click(modifiers=["Shift"])
    expect(page.locator("[data-selected]")).to_have_text("4 selected")
    page.get_by_role("link", name="Next").click()
    expect(page.locator("[data-selected]")).to_have_text("4 selected")
    page.locator("tbody [data-select]").first.check()
    page.keyboard.press("e")
    dialog = page.get_by_role("dialog", name="Close 5 cases")
    dialog.get_by_label("Reason").select_option(str(closure_reason(people).pk))
    dialog.get_by_label("Note").fill("All found.")
    dialog.get_by_role("button", name="Close the cases").click()
    strip = page.locator(".bulkstrip")
    expect(strip).to_contain_text("5 cases are closed.")
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(page.locator("tbody :checked")).to_have_count(0)
    assert set(Case.objects.filter(status=Status.CLOSED)) == {*many[:4], many[50]}
    strip.get_by_role("button", name="Undo").click()
    expect(strip).to_contain_text("5 cases are set back.")
    assert not Case.objects.filter(status=Status.CLOSED).exists()


def test_all_in_the_list_and_not_what_came_later(window: Window, people: Cast, many: list[Case]) -> None:
    page = window(people.ana)
    page.goto("/desk/cases/?view=new")
    page.get_by_label("Select all 50 cases on this page").check()
    expect(page.locator("[data-selected]")).to_have_text("50 selected")
    page.get_by_label("All 52 in this list").check()
    late = raised_by_kim(people, "Came later")
    page.get_by_role("button", name="Claim").click()
    page.get_by_role("dialog", name="Claim 52 cases").get_by_role("button", name="Claim").click()
    expect(page.locator(".bulkstrip")).to_be_visible()
    expect(page.locator(".bulkstrip")).to_contain_text("52 cases are yours.")
    assert Side.objects.filter(owner=people.ana).count() == 52
    assert not Side.objects.get(case=late).owner
    expect(page.locator("tbody tr:not(.group)")).to_have_count(1)


def test_a_case_beside_the_list_then_whole(window: Window, people: Cast, many: list[Case]) -> None:
    page = window(people.ana)
    page.goto("/desk/cases/?view=new&sort=created")
    page.get_by_role("button", name="Preview").click()
    page.get_by_role("link", name=many[1].sides.get().subject, exact=True).click()
    beside = page.get_by_role("complementary", name="Preview")
    expect(beside).to_contain_text(many[1].number)
    expect(beside).to_contain_text("The top is cracked.")
    expect(row(page, many[1])).not_to_have_class(re.compile("unread"))
    page.keyboard.press("j")
    expect(beside).to_contain_text(many[2].number)
    page.keyboard.press("Escape")
    expect(beside).to_be_hidden()
    page.keyboard.press("Enter")
    expect(beside).to_contain_text(many[2].number)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(rf"/desk/cases/{many[2].number}\?view=new"))
    page.goto("/desk/cases/?view=new&sort=created")
    page.keyboard.press("j")
    page.keyboard.press("o")
    expect(page).to_have_url(re.compile(rf"/desk/cases/{many[0].number}\?"))
    narrow = window(people.ana, width=1024)
    narrow.goto("/desk/cases/?view=new&sort=created")
    narrow.get_by_role("link", name="Sideboard 1", exact=True).click()
    expect(narrow).to_have_url(re.compile(rf"/desk/cases/{many[1].number}\?"))


def test_without_ticks_a_key_is_for_the_case_under_the_cursor(
    window: Window, people: Cast, many: list[Case]
) -> None:
    close(many[0], by=people.at_desk(people.lea), reason=closure_reason(people).pk, note="x")
    page = window(people.ana)
    page.goto("/desk/cases/?view=new&sort=created")
    page.keyboard.press("e")
    expect(page.locator("dialog[open]")).to_have_count(0)
    page.keyboard.press("j")
    page.keyboard.press("e")
    expect(page.get_by_role("dialog", name="Close 1 case")).to_be_visible()
