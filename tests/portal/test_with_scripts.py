"""What scripts add to the portal's pages: they make it quicker, and lose nothing on the way."""

import re
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from caseway.cases.drafting.actions import begin as begin_case
from caseway.cases.models import Case, CaseDraft, Message
from caseway.cases.status import Status
from caseway.cases.tests.story import fresh, raised_by_kim
from caseway.core.clock import now
from caseway.demo.cast import Cast
from caseway.portal.tests.people import item_for, shipment_for
from tests.portal.conftest import Window


def files(folder: Path) -> list[Path]:
    (folder / "note.txt").write_text("Ten of twelve")
    (folder / "run.exe").write_bytes(b"MZ")
    (folder / "fake.png").write_text("<html>")
    return [folder / name for name in ("note.txt", "run.exe", "fake.png")]


def begin(page: Page, cast: Cast, step: str = "content") -> str:
    """A draft of a case about something damaged, open at a step; gives the address of its steps."""
    made = begin_case({"category": str(item_for(cast).pk)}, by=cast.in_portal(cast.kim))
    page.goto(f"/portal/cases/new/{made.pk}/{step}/")
    page.wait_for_load_state("networkidle")
    return f"/portal/cases/new/{made.pk}"


def test_a_case_is_raised(window: Window, people: Cast, tmp_path: Path) -> None:
    shipment_for(people)
    page = window(people.kim)
    begin(page, people, "shipment")
    page.get_by_label("Shipment, order or tracking number").fill("shp-22")
    page.get_by_role("radio", name=re.compile("SHP-2209417")).check()
    page.get_by_role("button", name="Continue").click()
    page.wait_for_load_state("networkidle")
    page.get_by_label("Subject").fill("Two cartons are missing")
    page.get_by_label("Subject").press("Enter")
    page.get_by_label("What happened?").fill("Ten of twelve arrived.")
    page.locator("input[type=file]").set_input_files(files(tmp_path))
    rows = page.get_by_role("list", name="Your files").get_by_role("listitem")
    expect(rows.nth(0)).to_have_class("ok")
    expect(rows.nth(1)).to_contain_text("This kind of file is not accepted")
    expect(rows.nth(2)).to_contain_text("its content is not what its name says")
    expect(page.get_by_text(re.compile("Draft saved"))).to_be_visible()
    page.get_by_role("button", name="Submit the case").click()
    expect(page.get_by_role("heading", name="Your case is created and is being processed")).to_be_visible()
    case = Case.objects.get()
    assert case.shipment
    assert case.shipment.number == "SHP-2209417"
    assert [file.name for file in Message.objects.get().attachments.all()] == ["note.txt"]
    assert not CaseDraft.objects.exists()


def test_a_reload_loses_nothing(window: Window, people: Cast, tmp_path: Path) -> None:
    page = window(people.kim)
    begin(page, people)
    page.locator("input[type=file]").set_input_files(files(tmp_path)[0])
    expect(page.locator(".uploads .ok")).to_be_visible()
    with page.expect_response("**/draft/"):
        page.get_by_label("Subject").fill("Half a")
        page.get_by_label("What happened?").fill("Thought")
    page.reload()
    expect(page.get_by_label("Subject")).to_have_value("Half a")
    expect(page.get_by_label("What happened?")).to_have_value("Thought")
    expect(page.get_by_role("button", name="Remove note.txt")).to_be_visible()


def test_a_comment_renews_the_conversation_in_place(window: Window, people: Cast) -> None:
    case = raised_by_kim(people)
    page = window(people.kim)
    page.goto(f"/portal/cases/{case.number}/")
    page.get_by_label("Your comment").fill("It was open on one side.")
    page.get_by_role("button", name="Submit").click()
    expect(page.locator(".bubble")).to_have_count(2)
    expect(page.get_by_label("Your comment")).to_have_value("")
    expect(page.locator("#latest")).to_be_focused()
    expect(page.locator("#announcer")).to_have_text("Your comment was sent")
    page.get_by_label("Your comment").fill("A second one.")
    page.get_by_role("button", name="Submit").click()
    expect(page.locator(".bubble")).to_have_count(3)


def test_withdrawing_and_taking_up_again(window: Window, people: Cast) -> None:
    case = raised_by_kim(people)
    page = window(people.kim)
    page.goto(f"/portal/cases/{case.number}/")
    page.get_by_role("link", name="Withdraw the case").click()
    dialog = page.get_by_role("dialog", name="Withdraw this case?")
    expect(dialog.get_by_role("radio").first).to_be_focused()
    dialog.get_by_role("button", name="Keep the case").click()
    expect(dialog).to_have_count(0)
    page.get_by_role("link", name="Withdraw the case").click()
    dialog.get_by_role("radio", name="It has been solved").check()
    dialog.get_by_role("button", name="Yes, withdraw it").click()
    expect(page.get_by_text("The case is withdrawn.")).to_be_visible()
    assert fresh(case).status == Status.WITHDRAWN
    page.get_by_label("Your comment").fill("It came back.")
    page.get_by_role("radio", name="Yes, please go on with it").check()
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("You reopened the case")).to_be_visible()
    expect(page.get_by_role("link", name="Withdraw the case")).to_be_visible()
    assert fresh(case).status == Status.OPEN


def test_the_conversation_opens_beside_the_list(window: Window, people: Cast) -> None:
    case = raised_by_kim(people)
    page = window(people.kim)
    page.goto("/portal/cases/")
    opener = page.get_by_role("link", name=f"Conversation of {case.number}, 1 comment")
    opener.press("Enter")
    panel = page.get_by_role("dialog", name="Sideboard arrived broken")
    panel.get_by_label("Your comment").fill("Written beside the list.")
    panel.get_by_role("button", name="Submit").click()
    expect(panel.get_by_text("Written beside the list.")).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    expect(opener).to_be_focused()
    assert page.url.endswith("/portal/cases/")


def test_filters_change_the_address_and_back_goes_back(window: Window, people: Cast) -> None:
    raised_by_kim(people)
    page = window(people.kim)
    page.goto("/portal/cases/")
    page.get_by_role("link", name="Closed").click()
    expect(page).to_have_url(re.compile(r"\?status=closed$"))
    expect(page.get_by_text("No case fits these filters")).to_be_visible()
    page.get_by_label("Case or shipment number").fill("CV1")
    page.get_by_role("button", name="Apply").click()
    expect(page).to_have_url(re.compile(r"q=CV1.*status=closed"))
    page.go_back()
    expect(page.get_by_text("No case fits these filters")).to_be_visible()
    page.wait_for_load_state("networkidle")
    page.go_back()
    expect(page.get_by_role("link", name="Sideboard arrived broken")).to_be_visible()


def test_an_empty_comment_is_asked_for_at_the_field(window: Window, people: Cast) -> None:
    case = raised_by_kim(people)
    page = window(people.kim)
    page.goto(f"/portal/cases/{case.number}/")
    comment = page.get_by_label("Your comment")
    page.get_by_role("button", name="Submit").click()
    page.get_by_role("button", name="Submit").click()
    expect(page.locator(".replybox .error")).to_have_count(1)
    expect(comment).to_be_focused()
    expect(comment).to_have_attribute("aria-invalid", "true")
    expect(comment).to_have_accessible_description("Write something first.")
    comment.press_sequentially("B")
    expect(page.locator(".replybox .error")).to_have_count(0)
    expect(comment).not_to_have_attribute("aria-invalid", "true")


def test_a_draft_is_saved_in_the_readers_time_zone(window: Window, people: Cast) -> None:
    people.kim.time_zone = "Asia/Kathmandu"
    people.kim.save()
    page = window(people.kim, timezone_id="America/Los_Angeles")
    begin(page, people)
    before = now()
    page.get_by_label("Subject").fill("Half a")
    expect(page.get_by_text(re.compile("Draft saved"))).to_be_visible()
    said = page.locator("[data-draft-status]").inner_text()
    nepal = ZoneInfo("Asia/Kathmandu")
    assert said.split()[-1] in {f"{moment.astimezone(nepal):%H:%M}" for moment in (before, now())}


def test_a_comment_outlives_the_session(window: Window, people: Cast) -> None:
    case = raised_by_kim(people)
    page = window(people.kim, java_script_enabled=False)
    page.goto(f"/portal/cases/{case.number}/")
    page.context.clear_cookies(name="session")
    page.get_by_label("Your comment").fill("Ten of\ntwelve <b>arrived</b>.")
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_role("heading", name="You have been signed out")).to_be_visible()
    expect(page.get_by_label("What you wrote, to take with you")).to_have_value(
        "Ten of\ntwelve <b>arrived</b>."
    )
    expect(page.get_by_role("link", name="Sign in")).to_have_attribute("href", "/accounts/login/")


def test_a_field_that_was_made_higher_by_hand_offends_no_policy(window: Window, people: Cast) -> None:
    page = window(people.kim)
    page.goto(f"/portal/cases/{raised_by_kim(people).number}/")
    field = page.get_by_label("Your comment")
    field.scroll_into_view_if_needed()
    box = field.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] - 4, box["y"] + box["height"] - 4)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 4, box["y"] + box["height"] + 60)
    page.mouse.up()
    expect(field).to_have_attribute("style", re.compile("height"))
    field.fill("Seen by the window's own ear for complaints.")
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("Seen by the window's own ear").first).to_be_visible()
    expect(field).to_have_value("")


def test_a_case_solved_long_ago_is_followed_up_by_keyboard_alone(
    window: Window, people: Cast, story: dict[str, Case]
) -> None:
    page = window(people.kim)
    page.goto(f"/portal/cases/{story['old'].number}/")
    page.get_by_label("Your comment").focus()
    page.keyboard.type("It broke again.")
    send = page.get_by_role("button", name="Raise a follow-up case")
    while not send.evaluate("button => button === document.activeElement"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("solved too long ago to go on")).to_be_visible()
    made = Case.objects.get(follow_up_of=story["old"])
    expect(page).to_have_url(re.compile(f"/portal/cases/{made.number}/$"))
    expect(page.get_by_text("It broke again.").first).to_be_visible()


def test_one_press_says_whether_one_is_satisfied(
    window: Window, people: Cast, story: dict[str, Case]
) -> None:
    page = window(people.kim)
    page.goto(f"/portal/cases/{story['closed'].number}/")
    page.get_by_role("button", name="Partly satisfied").press("Enter")
    thanks = page.get_by_role("heading", name="Thank you. You said: Partly satisfied")
    expect(thanks).to_be_focused()
    expect(page.locator("#announcer")).to_have_text("Thank you for your answer")
    page.get_by_label("Would you tell us why?").fill("It took two tries.")
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#satisfaction blockquote")).to_have_text("It took two tries.")
    page.get_by_label("Your comment").fill("It broke again.")
    page.get_by_role("radio", name="Yes, please go on with it").check()
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("You reopened the case")).to_be_visible()
    expect(page.locator("#satisfaction")).to_be_empty()


def test_the_panel_asks_whether_to_reopen_and_the_list_stays(
    window: Window, people: Cast, story: dict[str, Case]
) -> None:
    page = window(people.kim)
    page.goto("/portal/cases/?status=closed")
    opener = page.get_by_role("link", name=re.compile(f"Conversation of {story['closed'].number}"))
    opener.press("Enter")
    panel = page.get_by_role("dialog", name="The closed one")
    panel.get_by_label("Your comment").fill("Only to tell you.")
    panel.get_by_role("radio", name="No, I only want to add something").check()
    panel.get_by_role("button", name="Submit").click()
    expect(panel.get_by_text("Only to tell you.")).to_be_visible()
    expect(page.locator("#announcer")).to_have_text("Your comment was sent")
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()
    assert page.url.endswith("?status=closed")
    assert fresh(story["closed"]).status == Status.CLOSED
