"""What was done in haste is taken back: a message that waits, and a merge."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Window
from tests.journeys.installation import Installation
from tests.journeys.mails import asked_by_mail
from tests.journeys.working import BOX, claimed_by_ana, merge_previewed

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys")]

USUAL, AMPLE = 10, 90
"""Seconds in which a message can be taken back: as delivered, and enough for a slow machine."""
SENT = "It arrives on Friday, or so I thought."


def give(admin: Page, seconds: int) -> None:
    """The administrator says for how long a message can be taken back."""
    admin.goto("/desk/settings/policies/")
    field = admin.get_by_label("A message can be taken back for")
    field.fill(str(seconds))
    field.press("Enter")
    admin.wait_for_load_state("networkidle")
    admin.reload()
    expect(admin.get_by_label("A message can be taken back for")).to_have_value(str(seconds))


@pytest.fixture
def admin(installation: Installation, window: Window) -> Iterator[Page]:
    page = window(installation.desk, "admin@larkfield.example")
    yield page
    give(page, USUAL)


def test_a_message_is_taken_back_after_a_reload_mended_and_sent(
    installation: Installation, window: Window, admin: Page, picture: Callable[[Page, str], None]
) -> None:
    give(admin, AMPLE)
    ana = window(installation.desk, "ana@larkfield.example")
    number = asked_by_mail(installation, ana, "The undone lamp hums")
    ana.goto(f"/desk/cases/{number}")
    ana.locator(BOX).fill(SENT)
    ana.locator(BOX).press("Control+Enter")
    expect(ana.locator("cw-waiting")).to_contain_text(SENT)
    ana.reload()
    expect(ana.locator("cw-waiting")).to_contain_text(SENT)
    picture(ana, "waits-after-a-reload")
    ana.get_by_role("button", name="Undo").click()

    expect(ana.locator(BOX)).to_have_value(SENT)
    expect(ana.locator("cw-waiting")).to_have_count(0)
    expect(ana.locator("#stream")).not_to_contain_text(SENT)
    give(admin, USUAL)
    ana.locator(BOX).fill("It arrives on Monday.")
    ana.locator(BOX).press("Control+Enter")
    expect(ana.locator("#stream")).to_contain_text("It arrives on Monday.", timeout=60_000)
    expect(ana.locator("#stream")).not_to_contain_text(SENT)


def test_a_merge_is_previewed_turned_round_done_and_undone(
    installation: Installation, window: Window, picture: Callable[[Page, str], None]
) -> None:
    ana = window(installation.desk, "ana@larkfield.example")
    first = asked_by_mail(installation, ana, "The merged lamp hums")
    second = asked_by_mail(installation, ana, "The surviving lamp hums")
    ana.goto(f"/desk/cases/{first}")
    claimed_by_ana(ana)

    dialog = merge_previewed(ana, first, into=second)
    for told in ("Who joins", "Each side", "What the customer sees", "The old number"):
        expect(dialog.get_by_text(told, exact=True)).to_be_visible()
    expect(dialog).to_contain_text(f"Will follow {second}: Ana Ferreira.")
    picture(ana, "preview")
    dialog.get_by_role("button", name="Swap").click()
    expect(dialog.get_by_role("heading", name=f"Merge {second} into {first}")).to_be_visible()
    dialog.get_by_role("button", name="Swap").click()
    expect(dialog.get_by_role("heading", name=f"Merge {first} into {second}")).to_be_visible()
    dialog.get_by_role("button", name="Merge", exact=True).click()
    expect(ana.locator(".casetitle")).to_contain_text(f"into {second}")

    ana.locator(".casetitle").get_by_role("link", name=f"into {second}").click()
    expect(ana).to_have_url(re.compile(f"/desk/cases/{second}"))
    expect(ana.locator("#stream")).to_contain_text("The merged lamp hums")
    expect(ana.locator("#stream")).to_contain_text("The surviving lamp hums")
    picture(ana, "survivor")

    ana.goto(f"/desk/cases/{first}")
    ana.locator("#deed-separate").click()
    ana.get_by_role("dialog").get_by_role("button", name="Undo the merge").click()
    expect(ana.locator(".casetitle .status")).to_contain_text("Open")
    ana.goto(f"/desk/cases/{second}")
    expect(ana.locator("#stream")).to_contain_text("The surviving lamp hums")
    expect(ana.locator("#stream").get_by_text("The merged lamp hums")).to_have_count(0)
