"""What an agent typed survives: a session that ends, a long text, a question that is not answered."""

import pytest
from playwright.sync_api import Page, expect

from caseway.cases.conversation.writing import LONGEST
from caseway.cases.models import Case, Draft, Message, Participant
from caseway.demo.cast import Cast
from caseway.demo.password import PASSWORD

from .conftest import Window


def opened(window: Window, people: Cast, case: Case) -> Page:
    page = window(people.ana)
    page.goto(f"/desk/cases/{case.number}")
    return page


def told(page: Page, words: str) -> None:
    expect(page.locator("[data-draft-status]")).to_contain_text(words)


def test_a_session_that_ended_saves_nothing_and_says_so(window: Window, people: Cast, case: Case) -> None:
    page = opened(window, people, case)
    page.context.clear_cookies(name="session")
    page.locator("#composer-text").fill("Written too late")
    told(page, "Draft not saved")


def test_what_was_sent_without_a_session_is_there_after_signing_in(
    window: Window, people: Cast, case: Case
) -> None:
    page = opened(window, people, case)
    page.context.clear_cookies(name="session")
    page.locator("#composer-text").fill("Written too late")
    page.keyboard.press("Control+Enter")
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("input[name=login]").fill(people.ana.email)
    page.keyboard.press("Enter")
    expect(page.locator("#composer-text")).to_have_value("Written too late")
    assert not Message.objects.filter(text="Written too late").exists()


def test_what_one_wrote_is_not_shown_to_who_signs_in_next(window: Window, people: Cast, case: Case) -> None:
    page = opened(window, people, case)
    page.context.clear_cookies(name="session")
    page.locator("#composer-text").fill("Only mine")
    page.keyboard.press("Control+Enter")
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("input[name=login]").fill(people.lea.email)
    page.keyboard.press("Enter")
    expect(page.locator("#composer-text")).to_have_value("")


def test_the_choice_of_copies_survives_a_reload(window: Window, people: Cast, case: Case) -> None:
    here = {"case": case, "organisation": people.larkfield, "audience": "customer"}
    Participant.objects.create(address="warehouse@orchid.example", **here)
    page = opened(window, people, case)
    copy = page.get_by_role("checkbox", name="warehouse@orchid.example")
    for ticked in (False, True):
        with page.expect_response("**/draft"):
            copy.set_checked(ticked)
        page.reload()
        expect(copy).to_be_checked(checked=ticked)
    assert not Draft.objects.exists()


def test_a_question_not_answered_leaves_the_draft_alive(window: Window, people: Cast, case: Case) -> None:
    page = opened(window, people, case)
    page.locator("#composer-text").fill("Almost done")
    page.get_by_role("button", name="Other ways to send").first.click()
    page.get_by_role("button", name="Send and close").click()
    page.locator("dialog[open]").get_by_role("button", name="Cancel").click()
    page.locator("#composer-text").fill("Almost done, but wait")
    page.locator("h1").click()
    told(page, "Saved")
    page.reload()
    expect(page.locator("#composer-text")).to_have_value("Almost done, but wait")


@pytest.mark.parametrize("length", [70_000, LONGEST + 150_000])
def test_a_long_text_is_kept_whole(window: Window, people: Cast, case: Case, length: int) -> None:
    page = opened(window, people, case)
    page.locator("#composer-text").fill("w" * length)
    told(page, "Saved")
    assert len(Draft.objects.get().content["text"]) == length


def test_a_text_beyond_the_limit_is_refused_with_the_reason(window: Window, people: Cast, case: Case) -> None:
    page = opened(window, people, case)
    page.locator("#composer-text").fill("w" * (LONGEST + 150_000))
    page.keyboard.press("Control+Enter")
    expect(page.locator("#dock .notice")).to_contain_text(f"Keep it under {LONGEST} characters.")
    assert len(page.locator("#composer-text").input_value()) == LONGEST + 150_000


def test_a_new_case_is_kept_while_it_is_typed(window: Window, people: Cast) -> None:
    page = window(people.ana)
    page.goto("/desk/cases/new/")
    page.get_by_label("Subject", exact=True).fill("Crate held")
    page.keyboard.press("Enter")
    page.get_by_label("Name, address or customer number").fill("kim")
    page.get_by_role("radio", name="Kim").check()
    told(page, "Draft saved")
    page.reload()
    expect(page.get_by_label("Subject", exact=True)).to_have_value("Crate held")
    expect(page.get_by_role("radio", name="Kim")).to_be_checked()
    page.get_by_role("button", name="Start afresh").click()
    expect(page.get_by_label("Subject", exact=True)).to_have_value("")
