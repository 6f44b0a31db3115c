"""Filters and columns of a list in a real browser, by keyboard as well."""

import re

import pytest
from playwright.sync_api import expect

from caseway.cases.models import ListChoice, SavedView
from caseway.cases.tests.story import owned_by_ana, raised_by_kim
from caseway.demo.cast import Cast

from .conftest import Window

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_list_is_filtered_arranged_and_saved_by_keyboard(window: Window, people: Cast) -> None:
    mine, kims = owned_by_ana(people), raised_by_kim(people)
    page = window(people.ana)
    page.goto("/desk/cases/?view=all")
    page.get_by_role("link", name="More filters").press("Enter")
    find = page.get_by_role("searchbox", name="Find a filter")
    expect(find).to_be_focused()
    find.press_sequentially("owner")
    page.locator("#filter-fields a:visible").first.press("Enter")
    expect(page.get_by_role("radio", name="is", exact=True)).to_be_focused()
    page.locator("#filterpop").get_by_label("Me").press("Space")
    page.locator("#filterpop").get_by_role("button", name="Apply").press("Enter")
    page.wait_for_url(re.compile("owner=me"))
    expect(page.locator("tbody tr", has_text=mine.number)).to_be_visible()
    expect(page.locator("tbody tr", has_text=kims.number)).to_have_count(0)

    page.get_by_role("link", name="Columns").press("Enter")
    dialog = page.get_by_role("dialog", name="Columns")
    dialog.get_by_label("CRM", exact=True).press("Space")
    up = dialog.get_by_role("button", name="Type further to the front")
    up.press("Enter")
    expect(up).to_be_focused()
    dialog.get_by_role("button", name="Save").press("Enter")
    expect(page.locator("th[data-column=crm]")).to_be_visible()
    assert (ListChoice.objects.get().columns or [])[:3] == ["number", "type", "subject"]

    handle = page.get_by_role("separator", name="Width of Type")
    wide = page.locator("th[data-column=type]").evaluate("head => head.getBoundingClientRect().width")
    with page.expect_response(re.compile("/cases/width")) as kept:
        handle.press("ArrowRight")
    assert kept.value.status == 204
    assert page.locator("th[data-column=type]").evaluate("head => head.offsetWidth") == round(wide + 16)
    page.reload()
    assert page.locator("th[data-column=type]").evaluate("head => head.offsetWidth") == round(wide + 16)

    page.get_by_role("button", name="View", exact=True).press("Enter")
    page.get_by_role("link", name="Save as a new view").press("Enter")
    page.get_by_role("dialog").get_by_label("Name").fill("Mine, typed")
    page.get_by_role("dialog").get_by_role("button", name="Save").press("Enter")
    expect(page.locator("#sidebar").get_by_role("link", name="Mine, typed")).to_have_attribute(
        "aria-current", "page"
    )
    saved = SavedView.objects.get()
    expect(page.locator(f"#count-saved-{saved.pk}")).to_have_text("1")
    assert saved.columns[:3] == ["number", "type", "subject"]
