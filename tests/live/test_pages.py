"""Pages that change while they are looked at, and lose nothing of what their reader does."""

import re

import pytest
from playwright.sync_api import expect

from caseway.cases.ownership.actions import claim
from caseway.cases.tests.story import closure_reason, fresh, raised_by_kim, says, side_of
from caseway.cases.types import Audience
from caseway.cases.watching.actions import follow
from caseway.live.presence.actions import be_here

pytestmark = pytest.mark.journey


def is_live(page):
    """Wait until the window's stream has begun."""
    expect(page.locator("cw-live")).to_have_attribute("data-state", "live")
    return page


def test_a_message_appears_while_another_is_written(people, case, window):
    claim(case, by=people.at_desk(people.ana))
    page = window(people.ana)
    page.goto(f"/desk/cases/{case.number}")
    is_live(page)
    words = page.locator("cw-composer textarea[name=text]")
    words.fill("I am looking in")
    words.evaluate(
        "e => { e.setSelectionRange(2, 6); window.kept = e; first = document.querySelector('#stream li') }"
    )

    says(fresh(case), people.at_desk(people.lea), Audience.TEAM, "The terminal has called.")

    expect(page.locator("#stream")).to_contain_text("The terminal has called.")
    assert words.input_value() == "I am looking in"
    assert page.evaluate("[kept.selectionStart, kept.selectionEnd, document.activeElement === kept]") == [
        2,
        6,
        True,
    ]
    assert page.evaluate("first === document.querySelector('#stream li')"), "what was there stays the same"


def test_the_list_follows_and_keeps_ticks_and_focus(people, case, window):
    other = raised_by_kim(people, "Wardrobe scratched")
    page = window(people.ana)
    page.goto("/desk/cases/?view=all-active")
    is_live(page)
    box = page.locator(f"[data-select][value={other.number}]")
    box.check()
    page.locator(f"tr:has([value={case.number}]) a").first.focus()

    third = raised_by_kim(people, "Lamp missing")
    claim(case, by=people.at_desk(people.ben))

    expect(page.locator("table.rows")).to_contain_text("Lamp missing")
    row = page.locator(f"tr:has([data-select][value={case.number}])")
    expect(row.locator(".c-own")).to_contain_text("BO")
    expect(box).to_be_checked()
    assert (
        page.evaluate("document.activeElement.closest('tr').querySelector('[data-select]').value")
        == case.number
    )
    assert page.locator("tr [data-select]").first.input_value() in {third.number, case.number}
    expect(page.locator("#count-all-active")).to_have_text("3")


def test_the_page_renews_itself_under_words_that_have_the_focus(people, case, window):
    claim(case, by=people.at_desk(people.ana))
    page = window(people.ana)
    page.goto(f"/desk/cases/{case.number}")
    is_live(page)
    page.keyboard.press("e")
    page.get_by_label("Reason").select_option(str(closure_reason(people).pk))
    page.locator("#op-note").fill("Replaced.")
    page.keyboard.press("Control+Enter")
    here = page.locator(".crumb .here")
    expect(here).to_be_focused()
    page.evaluate("renewed = 0; document.addEventListener('caseway:fresh', () => { renewed += 1 })")
    says(fresh(case), people.at_desk(people.lea), Audience.TEAM, "The terminal has called.")
    follow(fresh(case), by=people.at_desk(people.ana))
    expect(page.locator("#stream")).to_contain_text("The terminal has called.")
    expect(page.locator(".casehead").get_by_text("Following").first).to_be_visible()
    page.wait_for_function("renewed > 0")
    expect(here).to_be_focused()


def test_one_window_of_a_browser_holds_the_stream_for_all(people, case, window):
    first, second = window(people.ana), window(people.ana)
    first.goto(f"/desk/cases/{case.number}")
    is_live(first)
    second.goto(f"/desk/cases/{case.number}")
    is_live(second)
    expect(first.locator("cw-live[data-leads]")).to_have_count(1)
    expect(second.locator("cw-live[data-leads]")).to_have_count(0)
    second.bring_to_front()

    says(fresh(case), people.at_desk(people.lea), Audience.TEAM, "For both.")
    expect(second.locator("#stream")).to_contain_text("For both.")

    first.goto("about:blank")
    expect(second.locator("cw-live[data-leads]")).to_have_count(1)
    says(fresh(case), people.at_desk(people.lea), Audience.TEAM, "For the one that is left.")
    expect(second.locator("#stream")).to_contain_text("For the one that is left.")


def test_who_is_here_and_who_writes(people, case, window):
    be_here(case, by=people.at_desk(people.ben), writing=False)
    page = window(people.ana)
    page.goto(f"/desk/cases/{case.number}")

    sign = page.locator(".casehead [data-presence]")
    expect(sign).to_contain_text("Ben Okafor is also viewing")
    be_here(case, by=people.at_desk(people.ben), writing=True)
    expect(sign).to_contain_text("Ben Okafor is writing")

    page.goto("/desk/cases/?view=all-active")
    expect(page.locator(".c-subj [data-presence]")).to_have_attribute("title", "Ben Okafor is writing")


def test_two_who_have_it_open_see_each_other(people, case, window):
    ana, lea = window(people.ana), window(people.lea)
    ana.goto(f"/desk/cases/{case.number}")
    lea.goto(f"/desk/cases/{case.number}")
    expect(ana.locator(".casehead [data-presence]")).to_contain_text("is also viewing")

    lea.bring_to_front()
    lea.locator("cw-composer textarea[name=text]").press_sequentially("Hm")
    expect(ana.locator(".casehead [data-presence]")).to_contain_text("is writing")

    lea.goto("about:blank")
    expect(ana.locator(".casehead [data-presence]")).to_have_count(0)


def test_the_customer_sees_the_answer_come(people, case, window):
    page = window(people.kim)
    page.goto(f"/portal/cases/{case.number}")
    is_live(page)
    page.locator(".pcase textarea").first.fill("By the way")

    says(fresh(case), people.at_desk(people.ana), Audience.CUSTOMER, "It arrives tomorrow.")
    says(fresh(case), people.at_desk(people.ana), Audience.TEAM, "Never for customers.")

    expect(page.locator(".bubbles")).to_contain_text("It arrives tomorrow.")
    assert page.locator(".pcase textarea").first.input_value() == "By the way"
    assert "Never for customers" not in page.content()


def test_a_lost_line_is_said_and_what_was_missed_comes(people, case, window):
    page = window(people.ana)
    page.goto(f"/desk/cases/{case.number}")
    is_live(page)

    page.context.set_offline(True)
    page.evaluate("document.querySelector('cw-live').source.dispatchEvent(new Event('error'))")
    expect(page.locator("cw-live")).to_have_text(re.compile("Connection lost"))
    says(fresh(case), people.at_desk(people.lea), Audience.TEAM, "While you were away.")
    page.context.set_offline(False)
    page.evaluate("(e => { e.source.close(); e.open() })(document.querySelector('cw-live'))")

    expect(page.locator("#stream")).to_contain_text("While you were away.")
    expect(page.locator("cw-live")).to_have_text("")
    assert side_of(case, people.larkfield).version
