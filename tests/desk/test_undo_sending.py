"""Sending with ten seconds to think again, and writing while others write, in a real browser."""

from datetime import timedelta

from playwright.sync_api import Page, expect

from caseway.cases.models import Case, Draft, Message
from caseway.cases.tests.story import says
from caseway.cases.types import Audience
from caseway.core.clock import now
from caseway.demo.cast import Cast

from .conftest import Window

SENT = "Sent too early"


def sent(window: Window, people: Cast, case: Case) -> Page:
    page = window(people.ana)
    page.goto(f"/desk/cases/{case.number}")
    page.locator("#composer-text").fill(SENT)
    page.keyboard.press("Control+Enter")
    expect(page.locator("cw-waiting")).to_contain_text(SENT)
    expect(page.locator("#composer-text")).to_have_value("")
    return page


def test_undo_survives_a_reload_and_puts_the_words_back(window: Window, people: Cast, case: Case) -> None:
    page = sent(window, people, case)
    page.reload()
    expect(page.locator("cw-waiting")).to_contain_text(SENT)
    page.locator("#composer-text").fill("The next one")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#composer-text")).to_have_value(f"{SENT}\n\nThe next one")
    expect(page.locator("cw-waiting")).to_have_count(0)
    assert not Message.objects.filter(text=SENT).exists()
    assert not Draft.objects.filter(sends_at__isnull=False).exists()


def test_undo_needs_one_press_where_nothing_is_being_typed(window: Window, people: Cast, case: Case) -> None:
    page = sent(window, people, case)
    page.reload()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#composer-text")).to_have_value(SENT)
    expect(page.locator("cw-waiting")).to_have_count(0)


def test_at_the_end_it_is_sent_and_what_is_typed_by_then_stays(
    window: Window, people: Cast, case: Case
) -> None:
    page = sent(window, people, case)
    Draft.objects.update(sends_at=now() + timedelta(seconds=3))
    page.reload()
    page.locator("#composer-text").click()
    page.keyboard.type("Going on ")
    expect(page.locator("#stream")).to_contain_text(SENT)
    expect(page.locator("cw-waiting")).to_have_count(0)
    page.keyboard.type("with the next")
    expect(page.locator("#composer-text")).to_have_value("Going on with the next")
    expect(page.locator("#composer-text")).to_be_focused()
    assert Message.objects.filter(text=SENT).count() == 1


def test_enter_makes_a_line_and_never_sends(window: Window, people: Cast, case: Case) -> None:
    page = window(people.ana)
    page.goto(f"/desk/cases/{case.number}")
    page.locator("#composer-text").click()
    page.keyboard.type("One")
    page.keyboard.press("Enter")
    page.keyboard.type("two")
    expect(page.locator("#composer-text")).to_have_value("One\ntwo")
    assert not Draft.objects.filter(sends_at__isnull=False).exists()


def test_a_new_message_shows_above_and_touches_nothing_that_is_typed(
    window: Window, people: Cast, case: Case
) -> None:
    page = window(people.ana)
    page.goto(f"/desk/cases/{case.number}")
    page.locator("#composer-text").click()
    page.keyboard.type("My own words")
    says(case, people.in_portal(people.kim), Audience.CUSTOMER, "Kim was quicker")
    told = {"number": case.number, "kinds": ["message.posted"]}
    page.evaluate("detail => document.dispatchEvent(new CustomEvent('caseway:case', {detail}))", told)
    expect(page.locator("cw-newcomer")).to_be_visible()
    expect(page.locator("#composer-text")).to_be_focused()
    page.keyboard.type(", still")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#dock .notice").first).to_contain_text("Kim Tran wrote while you were writing")
    expect(page.locator("#composer-text")).to_have_value("My own words, still")
    expect(page.locator("#stream")).to_contain_text("Kim was quicker")
    page.get_by_role("button", name="Send anyway").click()
    expect(page.locator("cw-waiting")).to_contain_text("My own words, still")


def test_whoever_looks_at_the_new_message_sends_without_a_warning(
    window: Window, people: Cast, case: Case
) -> None:
    page = window(people.ana)
    page.goto(f"/desk/cases/{case.number}")
    page.locator("#composer-text").fill("My own words")
    says(case, people.in_portal(people.kim), Audience.CUSTOMER, "Kim was quicker")
    told = {"number": case.number, "kinds": ["message.posted"]}
    page.evaluate("detail => document.dispatchEvent(new CustomEvent('caseway:case', {detail}))", told)
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator("#stream")).to_contain_text("Kim was quicker")
    expect(page.locator("#composer-text")).to_be_focused()
    page.keyboard.press("Control+Enter")
    expect(page.locator("cw-waiting")).to_contain_text("My own words")
