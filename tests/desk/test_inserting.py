"""Putting things into a text in a real browser: by keys alone, with the text and the focus kept."""

import re

from playwright.sync_api import Page, expect

from caseway.cases.canned.actions import Wording, write
from caseway.cases.models import Case
from caseway.demo.cast import Cast
from caseway.guidance.tests.writing import guide_of, larkfields

from .conftest import Window


def opened(window: Window, people: Cast, case: Case) -> Page:
    page = window(people.ana)
    page.goto(f"/desk/cases/{case.number}")
    page.locator("#composer-text").fill("Hello Kim, ")
    return page


def test_a_guide_is_found_and_inserted_by_keys(window: Window, people: Cast, case: Case) -> None:
    guide = guide_of(larkfields(people), "Report damage", "Send photos.")
    guide_of(larkfields(people), "Book a delivery", "Choose a day.")
    page = opened(window, people, case)
    page.get_by_role("button", name="Insert a guide").focus()
    page.keyboard.press("Enter")
    search = page.get_by_role("combobox", name="Search")
    expect(search).to_be_focused()
    expect(page.get_by_role("option")).to_have_count(2)
    page.keyboard.type("report damage")
    expect(page.get_by_role("option").first).to_contain_text("Report damage")
    page.keyboard.press("Enter")
    text = page.locator("#composer-text")
    expect(text).to_be_focused()
    expect(text).to_have_value(
        re.compile(rf"^Hello Kim, Report damage\n\nSend photos\.\n\nhttp\S+/{guide.pk}/$")
    )
    page.keyboard.press("Control+z")
    expect(text).to_have_value("Hello Kim, ")


def test_escape_closes_and_leaves_the_text(window: Window, people: Cast, case: Case) -> None:
    guide_of(larkfields(people), "Report damage", "Send photos.")
    page = opened(window, people, case)
    page.get_by_role("button", name="Insert a guide").first.click()
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.get_by_role("option")).to_have_count(0)
    expect(page.locator("#composer-text")).to_be_focused()
    expect(page.locator("#composer-text")).to_have_value("Hello Kim, ")


def test_the_partners_composer_offers_no_guide(window: Window, people: Cast, case: Case) -> None:
    page = opened(window, people, case)
    page.locator("label", has_text="Brightwater Freight").first.click()
    expect(page.get_by_role("button", name="Insert a guide")).to_have_count(0)


def test_a_canned_answer_is_found_by_a_slash_and_its_blank_is_marked(
    window: Window, people: Cast, case: Case
) -> None:
    body = "your shipment {{shipment.tracking}} is on its way."
    write(Wording(title="On its way", body=body), by=people.at_desk(people.ana))
    page = opened(window, people, case)
    text = page.locator("#composer-text")
    text.press("End")
    page.keyboard.type("/on")
    expect(page.get_by_role("option")).to_contain_text("On its way")
    expect(text).to_be_focused()
    page.keyboard.press("Enter")
    expect(text).to_have_value("Hello Kim, your shipment [Tracking number] is on its way.")
    page.keyboard.type("1Z 999")
    expect(text).to_have_value("Hello Kim, your shipment 1Z 999 is on its way.")


def test_a_slash_in_prose_and_enter_stay_what_they_are(window: Window, people: Cast, case: Case) -> None:
    write(Wording(title="On its way", body="x"), by=people.at_desk(people.ana))
    page = opened(window, people, case)
    text = page.locator("#composer-text")
    text.press("End")
    page.keyboard.type("and/or 3 / 4 /nothing of the kind")
    page.keyboard.press("Enter")
    page.keyboard.type("next")
    expect(text).to_have_value("Hello Kim, and/or 3 / 4 /nothing of the kind\nnext")
