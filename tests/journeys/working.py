"""What agents do on a case's page, again and again."""

import re

from playwright.sync_api import Locator, Page, expect

BOX = "#composer-text"


def opened(page: Page, number: str) -> None:
    """The case's page, with its stream begun."""
    page.goto(f"/desk/cases/{number}")
    expect(page.locator("cw-live")).to_have_attribute("data-state", "live")


def claimed_by_ana(ana: Page) -> None:
    """Claim the case that is open, and see it in the history."""
    ana.locator(".casehead").get_by_role("button", name="Claim").click()
    expect(ana.get_by_text("Ana Ferreira claimed the case")).to_be_visible()


def merge_previewed(page: Page, number: str, into: str) -> Locator:
    """The dialog that shows what merging the open case into another would do."""
    page.get_by_role("button", name="All actions").click()
    page.locator("#deeds").get_by_text("Merge with another case").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("searchbox").fill(into)
    dialog.get_by_role("radio", name=re.compile(into)).check()
    dialog.get_by_role("button", name="Continue").click()
    expect(dialog.get_by_role("heading", name=f"Merge {number} into {into}")).to_be_visible()
    return dialog
