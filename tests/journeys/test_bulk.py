"""Hundreds of cases selected with one tick, closed, reported and set back."""

from collections.abc import Callable
from secrets import token_hex

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Window
from tests.journeys.installation import Installation

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys")]

PATIENCE = 600_000
"""Milliseconds in which the largest operation ends on a machine with much else to do."""


@pytest.mark.parametrize("count", [200, pytest.param(2000, marks=pytest.mark.endurance)])
def test_all_that_match_are_closed_and_set_back(
    installation: Installation, window: Window, picture: Callable[[Page, str], None], count: int
) -> None:
    word = f"bulky{token_hex(4)}"
    installation.run("tests.journeys.many", str(count), word)
    number = f"{count:,}"
    lea = window(installation.desk, "lea@larkfield.example")
    lea.goto(f"/desk/cases/?view=all-active&tag={word}")
    lea.get_by_label("Select all 50 cases on this page").check()
    lea.locator("[data-select-matching]").check()
    picture(lea, "all-are-selected")
    lea.keyboard.press("e")
    dialog = lea.get_by_role("dialog")
    dialog.get_by_label("Reason").select_option(index=1)
    dialog.get_by_label("Note").fill("All found.")
    dialog.get_by_role("button", name="Close the cases").click()

    strip = lea.locator(".bulkstrip")
    expect(strip).to_be_visible(timeout=PATIENCE)
    progress = strip.get_by_role("progressbar").or_(strip.get_by_text("cases are closed"))
    expect(progress.first).to_be_visible()
    picture(lea, "progress")
    expect(strip).to_contain_text(f"{number} cases are closed.", timeout=PATIENCE)
    lea.goto(f"/desk/cases/?view=all-active&tag={word}")
    expect(lea.locator("tbody [data-select]")).to_have_count(0)

    lea.goto("/desk/bulk/")
    lea.locator("main .linkrows a.row").first.click()
    expect(lea.locator("#bulk-report")).to_contain_text(number)
    picture(lea, "report")
    lea.locator("#bulk-report").get_by_role("button", name="Undo").click()
    expect(lea.locator("#bulk-report")).to_contain_text(f"{number} cases are set back.", timeout=PATIENCE)
    lea.goto(f"/desk/cases/?view=all-active&tag={word}")
    expect(lea.get_by_label("Select all 50 cases on this page")).to_be_visible()
