"""The desk in a real browser: keys, dialogs, drafts, two people at once, and axe."""

import re

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import expect

from caseway.cases.models import Case, Message
from caseway.cases.status import Status
from caseway.cases.tests.story import closure_reason, fresh, raised_by_kim, side_of
from caseway.demo.cast import Cast

from .conftest import Window


def test_a_list_is_worked_by_keys(window: Window, people: Cast, case: Case) -> None:
    other = raised_by_kim(people, "A newer one")
    page = window(people.ana)
    page.goto("/desk/cases/?view=all-active&sort=-created")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator('tr[aria-current="true"] .c-num')).to_have_text(case.number)
    page.keyboard.press("k")
    page.keyboard.press("x")
    expect(page.locator("[data-selected]")).to_have_text("1 selected")
    page.get_by_role("button", name="Claim").click()
    expect(page.locator(".bulkstrip")).to_contain_text("1 case is yours.")
    assert side_of(other, people.larkfield).owner == people.ana
    page.keyboard.press("o")
    expect(page).to_have_url(re.compile(rf"/desk/cases/{other.number}\?"))
    page.keyboard.press("j")
    expect(page).to_have_url(re.compile(rf"/desk/cases/{case.number}\?"))


def test_closing_in_a_dialog_keeps_errors_focus_and_the_draft(
    window: Window, people: Cast, case: Case
) -> None:
    page = window(people.ana)
    page.goto(f"/desk/cases/{case.number}")
    page.locator("#composer-text").fill("Half a thought")
    page.locator("h1").click()
    page.keyboard.press("e")
    dialog = page.get_by_role("dialog", name=f"Close {case.number}")
    dialog.get_by_label("Note").fill("Typed before the error")
    dialog.get_by_role("button", name="Close the case").click()
    expect(dialog.get_by_text("Choose a reason.")).to_be_visible()
    expect(dialog.get_by_label("Reason")).to_be_focused()
    expect(dialog.get_by_label("Note")).to_have_value("Typed before the error")
    dialog.get_by_label("Reason").select_option(str(closure_reason(people).pk))
    dialog.get_by_role("button", name="Close the case").click()
    expect(page.locator(".casetitle .status")).to_contain_text("Closed")
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(page.locator(".crumb .here")).to_be_focused()
    expect(page.locator("#composer-text")).to_have_value("Half a thought")
    assert fresh(case).status == Status.CLOSED


def test_whoever_comes_second_reads_it_in_the_dialog(window: Window, people: Cast, case: Case) -> None:
    ana, lea = window(people.ana), window(people.lea)
    for page in (ana, lea):
        page.goto(f"/desk/cases/{case.number}")
        page.locator("#deed-close").click()
        page.locator("dialog").get_by_label("Note").fill("Words of mine")
        page.get_by_label("Reason").select_option(str(closure_reason(people).pk))
    ana.get_by_role("button", name="Close the case").click()
    expect(ana.locator(".casetitle .status")).to_contain_text("Closed")
    lea.get_by_role("button", name="Close the case").click()
    expect(lea.locator("dialog .notice")).to_contain_text("Ana Ferreira closed the case")
    expect(lea.locator("dialog").get_by_label("Note")).to_have_value("Words of mine")


def test_a_message_is_kept_as_a_draft_and_sent_by_keys(window: Window, people: Cast, case: Case) -> None:
    page = window(people.ana)
    page.goto(f"/desk/cases/{case.number}")
    page.keyboard.press("p")
    page.keyboard.type("To both of us")
    expect(page.locator("[data-draft-status]")).to_contain_text("Saved")
    page.reload()
    expect(page.locator("#composer-text")).to_have_value("To both of us")
    page.locator("#composer-text").focus()
    page.keyboard.press("Control+Enter")
    expect(page.locator("cw-waiting")).to_contain_text("To both of us")
    expect(page.locator("#stream")).to_contain_text("To both of us")
    expect(page.locator("#composer-text")).to_have_value("")
    omar = window(people.omar)
    omar.goto(f"/desk/cases/{case.number}")
    expect(omar.locator("#stream")).to_contain_text("To both of us")
    expect(omar.locator("body")).not_to_contain_text("Kim")


def test_a_field_is_changed_in_place(window: Window, people: Cast, case: Case) -> None:
    page = window(people.ana)
    page.goto(f"/desk/cases/{case.number}")
    page.locator("#field-crm_number a").click()
    expect(page.get_by_label("CRM number")).to_be_focused()
    page.get_by_label("CRM number").fill("00291847")
    page.keyboard.press("Enter")
    expect(page.locator("#field-crm_number")).to_have_text("00291847")
    expect(page.locator("#field-crm_number")).to_be_focused()
    page.locator("#field-tags a").click()
    page.locator("#field-tags").get_by_role("link", name="Cancel").click()
    expect(page.locator("#field-tags")).to_have_text("none")


def test_a_refused_file_says_why_and_the_others_are_sent(window: Window, people: Cast, case: Case) -> None:
    page = window(people.ana)
    page.goto(f"/desk/cases/{case.number}")
    png = bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000000"
        "000200015e2a2d0b0000000049454e44ae426082"
    )
    files = [
        {"name": "top.png", "mimeType": "image/png", "buffer": png},
        {"name": "run.exe", "mimeType": "image/png", "buffer": b"MZ"},
        {"name": "fake.png", "mimeType": "image/png", "buffer": b"<html><script>"},
    ]
    page.set_input_files("input[name=files-customer]", files)  # type: ignore[arg-type]
    uploads = page.locator("#composer-customer-list")
    expect(uploads.locator("li.ok")).to_contain_text("top.png")
    expect(uploads).to_contain_text("This kind of file is not accepted")
    expect(uploads).to_contain_text("its content is not what its name says")
    page.locator("#composer-text").fill("See the picture")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#stream .file")).to_contain_text("top.png")
    assert Message.objects.get(text="See the picture").attachments.count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_axe_finds_nothing_and_no_page_scrolls_sideways(
    window: Window, people: Cast, case: Case, width: int, scheme: str
) -> None:
    page = window(people.ana, width, color_scheme=scheme, bypass_csp=True)
    for address in (
        "/desk/cases/?view=all-active&sort=deadline",
        "/desk/cases/?q=nothing&status=open",
        f"/desk/cases/{case.number}?view=all-active",
        f"/desk/cases/{case.number}/suspension",
        "/desk/cases/new/",
        "/desk/shipments/",
    ):
        page.goto(address)
        found = Axe().run(page)["violations"]
        assert [(v["id"], v["nodes"][0]["html"]) for v in found] == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
