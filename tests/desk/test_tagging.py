"""Tags of a case, offered from the organisation's list while they are typed."""

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from caseway.cases.models import Case, Tag
from caseway.cases.tests.browsing import Desk, words_of
from caseway.cases.tests.story import owned_by_ana, side_of
from caseway.demo.cast import Cast

from .conftest import Window


def known(cast: Cast) -> None:
    Tag.objects.filter(organisation=cast.larkfield).delete()
    for name in ("claim", "claim window", "show room"):
        Tag.objects.create(organisation=cast.larkfield, name=name)
    Tag.objects.create(organisation=cast.larkfield, name="clearance", is_active=False)
    Tag.objects.create(organisation=cast.quillon, name="closed shop")


@pytest.mark.django_db
def test_without_scripts_the_browser_offers_our_active_tags(cast: Cast) -> None:
    known(cast)
    page = words_of(Desk(cast.ana, owned_by_ana(cast)).ask("fields/tags"))
    assert 'list="known-tags"' in page
    assert '<option value="claim window">' in page
    assert "clearance" not in page
    assert "closed shop" not in page
    assert "known-tags" not in words_of(Desk(cast.ana, owned_by_ana(cast)).ask("fields/crm_number"))


def test_tags_are_chosen_by_keys_and_by_the_mouse(window: Window, people: Cast, case: Case) -> None:
    known(people)
    page = window(people.ana)
    page.goto(f"/desk/cases/{case.number}")
    page.locator("#field-tags a.edit").click()
    box = page.get_by_role("combobox", name="Tags, with commas between")
    expect(box).to_be_focused()
    box.fill("cla")
    assert offered(page) == ["claim", "claim window"]
    assert [one["id"] for one in Axe().run(page)["violations"]] == []
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(box).to_have_value("claim window, ")
    page.keyboard.type("room")
    assert offered(page) == ["show room"]
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox", name="Known tags")).to_be_hidden()
    expect(box).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.get_by_role("option", name="show room").click()
    page.keyboard.type("own word")
    page.keyboard.press("Enter")
    expect(page.locator("#field-tags")).to_contain_text("own word")
    assert side_of(case, people.larkfield).tags == ["claim window", "show room", "own word"]


def offered(page: Page) -> list[str]:
    expect(page.get_by_role("listbox", name="Known tags")).to_be_visible()
    return page.get_by_role("option").all_inner_texts()
