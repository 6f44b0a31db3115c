"""Keys in a real browser: the right thing, nothing while typing, and the focus where it was."""

import re

import pytest
from playwright.sync_api import APIResponse, Page, Request, Route, expect

from caseway.cases.models import Case
from caseway.cases.ownership.actions import assign
from caseway.cases.tests.story import raised_by_kim
from caseway.demo.cast import Cast

from .conftest import Window


@pytest.fixture
def at_case(window: Window, people: Cast, case: Case) -> Page:
    """Ana's window on her case, opened from a list."""
    page = window(people.ana)
    page.goto(f"/desk/cases/{case.number}?view=all-active&sort=-created")
    return page


def shown_first(page: Page) -> list[str]:
    """What the list of keys says works on this page."""
    page.keyboard.press("?")
    here = page.locator("#keys [data-here]")
    expect(here).to_be_visible()
    return here.locator("dt").all_inner_texts()


def test_the_list_of_keys_begins_with_those_of_the_page(at_case: Page) -> None:
    here = shown_first(at_case)
    assert {"Suspend", "Reply to the customer", "Send; confirm a dialog", "All keys"} <= set(here)
    assert not {"Select", "Next case", "From card to card"} & set(here)
    at_case.keyboard.press("Escape")
    expect(at_case.locator("#keys")).to_have_count(0)
    at_case.goto("/desk/cases/?view=all-active")
    in_list = shown_first(at_case)
    assert {"Next case", "Select", "Search"} <= set(in_list)
    assert not {"Suspend", "Send; confirm a dialog"} & set(in_list)


def test_single_keys_are_switched_off_for_the_person_in_every_browser(
    window: Window, people: Cast, case: Case
) -> None:
    page = window(people.ana)
    page.goto(f"/desk/cases/{case.number}")
    page.keyboard.press("?")
    with page.expect_response("**/desk/keys/single"):
        page.get_by_label("Use single keys at the desk").uncheck()
    page.keyboard.press("Escape")
    expect(page.locator(".desk")).to_have_attribute("data-keys", "off")
    other = window(people.ana)
    other.goto(f"/desk/cases/{case.number}")
    for one in (page, other):
        one.keyboard.press("e")
        one.keyboard.press("g")
        expect(one.locator(".keysign, dialog[open]")).to_have_count(0)
        one.keyboard.press("Control+k")  # opens the palette; the keys before it have had their time
        expect(one.locator("dialog[open]")).to_have_attribute("id", "palette")
        one.keyboard.press("Escape")
    ben = window(people.ben)
    ben.goto(f"/desk/cases/{case.number}")
    ben.keyboard.press("n")
    expect(ben.locator("[name=audience]:checked")).to_have_value("team")


@pytest.mark.parametrize(
    ("key", "title"),
    [
        ("a", re.compile("Transfer")),
        ("s", re.compile("on hold")),
        ("m", re.compile("Merge")),
        ("e", re.compile("Close")),
    ],
)
def test_a_key_opens_its_dialog_and_the_focus_goes_back(
    at_case: Page, key: str, title: re.Pattern[str]
) -> None:
    before = at_case.locator("#shipment a, #details a").first
    before.focus()
    at_case.keyboard.press(key)
    dialog = at_case.get_by_role("dialog", name=title)
    expect(dialog).to_be_visible()
    at_case.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(before).to_be_focused()


@pytest.mark.parametrize(
    ("key", "audience"), [("r", "customer"), ("n", "team"), ("Shift+N", "record"), ("p", "partner")]
)
def test_writing_keys_choose_the_reader(at_case: Page, key: str, audience: str) -> None:
    at_case.keyboard.press(key)
    expect(at_case.locator("[name=audience]:checked")).to_have_value(audience)
    expect(at_case.locator("#composer-text")).to_be_focused()
    at_case.keyboard.type("esanf")
    expect(at_case.locator("#composer-text")).to_have_value("esanf")
    at_case.keyboard.press("Escape")
    expect(at_case.locator("#composer-text")).not_to_be_focused()


def test_following_by_key_keeps_the_focus(at_case: Page) -> None:
    at_case.locator("#deed-follow").focus()
    at_case.keyboard.press("f")
    expect(at_case.locator("#deed-follow")).to_have_attribute("aria-pressed", "true")
    expect(at_case.locator("#deed-follow")).to_be_focused()


def test_unowned_cases_are_taken_by_key(window: Window, people: Cast) -> None:
    case = raised_by_kim(people)
    page = window(people.ana)
    page.goto(f"/desk/cases/{case.number}?view=new")
    page.keyboard.press("t")
    expect(page.locator("#stream")).to_contain_text("claimed the case")


def test_quick_hands_lose_nothing(window: Window, people: Cast) -> None:
    case = raised_by_kim(people)
    page = window(people.ana)
    page.goto(f"/desk/cases/{case.number}?view=new")
    page.keyboard.press("t")
    page.keyboard.press("r")
    page.keyboard.type("I look")
    expect(page.locator("#stream")).to_contain_text("claimed the case")
    page.keyboard.type(" into it")
    expect(page.locator("#composer-text")).to_have_value("I look into it")
    expect(page.locator("#composer-text")).to_be_focused()


def test_what_was_kept_while_an_answer_was_on_its_way_stays(window: Window, people: Cast) -> None:
    """The page that comes with the answer was written before the draft was kept."""
    case = raised_by_kim(people)
    page = window(people.ana)
    page.goto(f"/desk/cases/{case.number}?view=new")
    on_their_way: list[tuple[Route, APIResponse]] = []

    def is_renewal(request: Request) -> bool:
        return request.headers.get("hx-target") == "main"

    def hold(route: Route) -> None:
        if is_renewal(route.request):
            on_their_way.append((route, route.fetch()))
        else:
            route.fallback()

    page.route(f"**/desk/cases/{case.number}?view=new", hold)
    with page.expect_request(is_renewal):
        page.keyboard.press("t")
    page.keyboard.press("r")
    page.keyboard.type("I look")
    expect(page.locator("[data-draft-status]")).to_contain_text("Saved")
    ((route, answer),) = on_their_way
    route.fulfill(response=answer)
    expect(page.locator("#stream")).to_contain_text("claimed the case")
    page.keyboard.type(" into it")
    expect(page.locator("#composer-text")).to_have_value("I look into it")


def test_modifiers_are_the_browsers_and_layouts_the_readers(at_case: Page) -> None:
    def pressed(**event: object) -> None:
        at_case.evaluate(
            "(event) => document.body.dispatchEvent(new KeyboardEvent('keydown', {bubbles: true, ...event}))",
            event,
        )

    for modifier in ("ctrlKey", "metaKey", "altKey"):
        pressed(key="s", code="KeyS", **{modifier: True})
    pressed(key="x", code="KeyE")  # another layout: what counts is what is on the key
    pressed(key="s", code="KeyS", isComposing=True)
    expect(at_case.locator("dialog[open]")).to_have_count(0)
    for event in ({"key": "E", "code": "KeyE"}, {"key": "у", "code": "KeyE"}):  # Caps Lock; Cyrillic
        pressed(**event)
        expect(at_case.get_by_role("dialog", name=re.compile("Close"))).to_be_visible()
        at_case.keyboard.press("Escape")
        expect(at_case.locator("dialog[open]")).to_have_count(0)


def test_a_first_key_is_shown_and_forgotten(at_case: Page) -> None:
    at_case.clock.install()
    sign = at_case.locator(".keysign")
    at_case.keyboard.press("g")
    expect(sign).to_contain_text("g")
    at_case.clock.run_for(1600)
    expect(sign).to_have_count(0)
    at_case.keyboard.press("g")
    expect(sign).to_be_visible()
    at_case.keyboard.press("Escape")
    expect(sign).to_have_count(0)
    at_case.keyboard.press("g")
    at_case.keyboard.press("m")
    expect(at_case).to_have_url(re.compile("view=my-active"))


def test_escape_closes_the_topmost_only(window: Window, people: Cast, case: Case) -> None:
    page = window(people.ana)
    page.goto("/desk/cases/?view=all-active")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator("[data-selected]")).to_have_text("1 selected")
    page.locator("[popovertarget=me]").click()
    expect(page.locator("#me")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#me")).to_be_hidden()
    expect(page.locator("[data-selected]")).to_have_text("1 selected")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_have_count(0)
    expect(page.locator("[data-selected]")).to_have_text("1 selected")
    page.keyboard.press("Escape")
    expect(page.locator("[data-selected]")).to_have_text("")


def test_a_held_key_acts_once(at_case: Page, case: Case, people: Cast) -> None:
    with at_case.expect_response("**/watch**"):
        at_case.keyboard.down("f")
    at_case.keyboard.down("f")
    at_case.keyboard.up("f")
    at_case.wait_for_load_state("networkidle")
    assert case.watches.filter(person=people.ana).count() == 1


def test_a_case_goes_on_to_the_next_of_its_view_after_it_left_it(window: Window, people: Cast) -> None:
    first, second = raised_by_kim(people, "First"), raised_by_kim(people, "Second")
    page = window(people.ana)
    page.goto(f"/desk/cases/{first.number}?view=new&sort=created")
    assign(first, by=people.at_desk(people.lea), to=people.ben)
    page.reload()
    page.keyboard.press("j")
    expect(page).to_have_url(re.compile(second.number))
