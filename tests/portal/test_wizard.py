"""Raising a case in a real browser: by keyboard alone, without scripts, spared by a guide, on two devices,
and after the session has run out. Nothing that was typed is ever lost."""

import re

from playwright.sync_api import FilePayload, Page, expect

from caseway.accounts.models import Person
from caseway.cases.drafting.actions import begin
from caseway.cases.models import Case, CaseDraft, GuideTopic, GuideUse
from caseway.demo.cast import Cast
from caseway.demo.password import PASSWORD
from caseway.guidance.models import Guide
from caseway.guidance.tests.writing import guide_of, larkfields
from caseway.portal.tests.people import item_for, shipment_for
from tests.everyone import objections
from tests.portal.conftest import Window

WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


def guide_on_damage(cast: Cast) -> Guide:
    guide = guide_of(larkfields(cast), "Report damage", "Send **photos** within a week.")
    GuideTopic.objects.create(guide=guide, category=item_for(cast))
    return guide


def begun(cast: Cast, step: str, **content: str) -> str:
    draft = begin({"category": str(item_for(cast).pk), **content}, by=cast.in_portal(cast.kim))
    return f"/portal/cases/new/{draft.pk}/{step}/"


def settled(page: Page, address: str = "") -> None:
    if address:
        page.goto(address)
    page.wait_for_load_state("networkidle")


def edges(page: Page, selector: str) -> dict[str, float]:
    """Where the first such element ends at each side, in pixels."""
    found: dict[str, float] = page.locator(selector).first.evaluate(
        "one => one.getBoundingClientRect().toJSON()"
    )
    return found


def tab_to(page: Page, words: str) -> None:
    """Press Tab until the focus is on what is called so."""
    for _press in range(60):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "() => { const e = document.activeElement; if (e === document.body) return ''; "
            "return [e.ariaLabel, e.labels?.[0]?.textContent, e.textContent].find(Boolean) ?? '' }"
        )
        if words in focused:
            return
    raise AssertionError(f"no way by Tab to {words!r}")


def test_the_whole_way_by_keyboard_alone(window: Window, people: Cast) -> None:
    shipment_for(people)
    guide_on_damage(people)
    page = window(people.kim, viewport=WIDE)
    choose_what_it_is_about(page)
    read_a_guide(page)
    choose_the_shipment(page)
    write_and_send(page)
    tab_to(page, "View my case")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(rf"/portal/cases/{Case.objects.get().number}/$"))


def choose_what_it_is_about(page: Page) -> None:
    settled(page, "/")
    tab_to(page, "Raise a new case")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/new/$"))
    settled(page)
    tab_to(page, "Goods")
    page.keyboard.press("Enter")
    tab_to(page, "Something is damaged")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="This may help right away")).to_be_visible()
    settled(page)


def read_a_guide(page: Page) -> None:
    """The focus goes into the panel, and back to what opened it."""
    tab_to(page, "Report damage")
    page.keyboard.press("Enter")
    panel = page.get_by_role("dialog", name="Report damage")
    expect(panel).to_be_visible()
    expect(panel.locator(":focus")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    expect(page.get_by_role("link", name="Report damage")).to_be_focused()
    tab_to(page, "Continue")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/shipment/$"))
    settled(page)


def choose_the_shipment(page: Page) -> None:
    """Results that arrive take the focus from nobody."""
    tab_to(page, "Shipment, order or tracking number")
    page.keyboard.type("shp-22")
    expect(page.get_by_role("radio", name=re.compile("SHP-2209417"))).to_be_visible()
    expect(page.get_by_role("searchbox")).to_be_focused()
    settled(page)
    tab_to(page, "No shipment")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("radio", name=re.compile("SHP-2209417"))).to_be_checked()
    tab_to(page, "Continue")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/content/$"))
    settled(page)


def write_and_send(page: Page) -> None:
    """The focus goes to the first field that is wrong; suggestions leave it where it is."""
    tab_to(page, "Submit the case")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Subject")).to_be_focused()
    expect(page.get_by_label("Subject")).to_have_accessible_description("Give the case a subject.")
    settled(page)
    page.keyboard.type("Cracked top")
    page.keyboard.press("Tab")
    page.keyboard.type("Everything arrived damaged")
    expect(page.get_by_role("region", name="Guides that match")).to_contain_text("Report damage")
    expect(page.get_by_label("What happened?")).to_be_focused()
    tab_to(page, "Submit the case")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Your case is created")).to_be_visible()


def test_the_whole_way_without_scripts(window: Window, people: Cast) -> None:
    shipment_for(people)
    guide_on_damage(people)
    page = window(people.kim, java_script_enabled=False, viewport=PHONE)
    page.goto("/portal/cases/new/")
    page.get_by_role("heading", name="Goods").click()
    page.get_by_role("button", name="Something is damaged").click()
    page.get_by_role("link", name="Continue").click()
    page.get_by_role("searchbox").fill("shp-22")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("radio", name=re.compile("SHP-2209417")).check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Subject").fill("Cracked top")
    page.get_by_label("Subject").press("Enter")
    expect(page.get_by_label("Subject")).to_have_value("Cracked top")
    page.get_by_label("What happened?").fill("The top has a crack.")
    page.get_by_role("button", name="Back").click()
    expect(page.get_by_role("radio", name=re.compile("SHP-2209417"))).to_be_checked()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_label("What happened?")).to_have_value("The top has a crack.")
    note: FilePayload = {"name": "note.txt", "mimeType": "text/plain", "buffer": b"note"}
    page.locator("input[type=file]").set_input_files([note])
    page.get_by_role("button", name="Submit the case").click()
    expect(page.get_by_role("heading", name="Your case is created")).to_be_visible()
    page.get_by_role("link", name="View my case").click()
    expect(page.get_by_text("note.txt").first).to_be_visible()
    assert Case.objects.count() == 1


def test_a_guide_spares_the_case_and_the_draft_can_be_taken_up(window: Window, people: Cast) -> None:
    guide_on_damage(people)
    for size in (WIDE, PHONE):
        page = window(people.kim, viewport=size)
        settled(page, begun(people, "guidance", subject=f"At {size['width']}"))
        page.get_by_role("link", name="Report damage").click()
        panel = page.get_by_role("dialog", name="Report damage")
        panel.get_by_role("button", name="This solved it").click()
        expect(page.get_by_text("Good that it is solved")).to_be_visible()
        assert objections(page) == []
        after_all = page.get_by_role("link", name="I need to raise a case after all").get_attribute("href")
        page.get_by_role("link", name="To the start page").click()
        expect(page.get_by_text("Go on with your draft")).to_have_count(0)
        settled(page, after_all or "")
        expect(page.get_by_role("button", name="Change topic")).to_be_visible()
    # Said twice of one topic on one day, and still one case less.
    assert GuideUse.objects.filter(kind="solved").count() == 1
    assert not Case.objects.exists()


def test_the_session_runs_out_while_typing(window: Window, people: Cast) -> None:
    shipment_for(people)
    page = window(people.kim, viewport=WIDE)
    address = begun(people, "content")
    settled(page, address)
    page.get_by_label("Subject").fill("Two cartons are missing")
    expect(page.get_by_text(re.compile("Draft saved"))).to_be_visible()
    page.context.clear_cookies(name="session")
    page.get_by_label("What happened?").press_sequentially("Ten of twelve <b>arrived</b>.")
    expect(page.get_by_text("You have been signed out. Go on writing")).to_be_visible()
    page.wait_for_timeout(2000)  # the draft's own try comes after that of the suggestions
    expect(page.get_by_text("You have been signed out. Go on writing")).to_be_visible()
    expect(page).to_have_url(re.compile(address))
    page.get_by_role("button", name="Submit the case").click()
    expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    page.get_by_label("E-mail").fill("kim@orchid.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_url(re.compile(address))
    expect(page.get_by_label("Subject")).to_have_value("Two cartons are missing")
    expect(page.get_by_label("What happened?")).to_have_value("Ten of twelve <b>arrived</b>.")
    expect(page.get_by_text("You are signed in again.")).to_be_visible()
    page.get_by_role("button", name="Submit the case").click()
    expect(page.get_by_role("heading", name="Your case is created")).to_be_visible()


def test_no_words_lie_over_others_and_what_is_empty_leaves_no_hole(window: Window, people: Cast) -> None:
    Person.objects.filter(pk=people.kim.pk).update(language="fr")  # the longest title of a step
    page = window(people.kim, viewport=PHONE)
    settled(page, begun(people, "content"))
    title, number = (edges(page, selector) for selector in (".wizard h1", ".stepno"))
    assert title["right"] <= number["left"] or title["bottom"] <= number["top"]
    assert 0 < edges(page, ".drop")["top"] - edges(page, "#f-description")["bottom"] < 80


def test_two_devices_at_once_lose_nothing(window: Window, people: Cast) -> None:
    address = begun(people, "content")
    laptop, phone = window(people.kim, viewport=WIDE), window(people.kim, viewport=PHONE)
    settled(laptop, address)
    settled(phone, address)
    phone.get_by_label("Subject").fill("By phone")
    expect(phone.get_by_text(re.compile("Draft saved"))).to_be_visible()
    laptop.get_by_label("Subject").fill("By laptop")
    notice = laptop.get_by_role("alert").filter(has_text="changed on another device")
    expect(notice).to_be_visible()
    assert objections(laptop) == []
    expect(laptop.get_by_label("Subject")).to_have_value("By laptop")
    assert CaseDraft.objects.get().content["subject"] == "By phone"
    laptop.get_by_role("button", name="Keep mine").click()
    settled(laptop)
    expect(laptop.get_by_label("Subject")).to_have_value("By laptop")
    assert CaseDraft.objects.get().content["subject"] == "By laptop"
    phone.get_by_label("Subject").fill("By phone again")
    phone.get_by_role("link", name="Take what is saved there").click()
    expect(phone.get_by_label("Subject")).to_have_value("By laptop")
    assert CaseDraft.objects.get().content["subject"] == "By laptop"


def test_the_browsers_back_and_forward_keep_what_was_typed(window: Window, people: Cast) -> None:
    shipment_for(people)
    page = window(people.kim, viewport=WIDE)
    settled(page, begun(people, "shipment"))
    page.get_by_role("searchbox").fill("shp-22")
    page.get_by_role("radio", name=re.compile("SHP-2209417")).check()
    page.get_by_role("button", name="Continue").click()
    settled(page)
    page.get_by_label("Subject").fill("Cracked top")
    page.go_back()
    settled(page)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_label("Subject")).to_have_value("Cracked top")
    assert CaseDraft.objects.get().content["shipment"] == "SHP-2209417"
