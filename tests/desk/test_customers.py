"""The pages of a customer account, as customer service uses them."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from caseway.cases.creation.actions import create
from caseway.cases.creation.fields import NewCase
from caseway.cases.lifecycle.actions import cancel
from caseway.cases.models import Case, Message, Side
from caseway.cases.once import form_token
from caseway.cases.panel.actions import add_note
from caseway.cases.tests.story import fresh, raised_by_kim
from caseway.cases.types import Audience
from caseway.core.clock import now
from caseway.demo.cast import Cast
from caseway.shipments.models import Shipment
from tests.everyone import WIDTHS, objections

from .conftest import Desk, Window, links
from .test_budgets import queries_of, told

OVERVIEW_QUERIES, LIST_QUERIES, CASE_QUERIES, LIST_BYTES = 16, 11, 16, 100_000
SEARCH_QUERIES = 15


def home(cast: Cast) -> str:
    return f"/desk/customers/{cast.orchid.pk}/"


@pytest.fixture
def sixty(cast: Cast) -> list[Case]:
    """More than a page of Orchid's cases, every third one solved, each with a deadline and a note."""
    kim, ana = cast.in_portal(cast.kim), cast.at_desk(cast.ana)
    cases = [
        create(NewCase(subject=f"Walnut sideboard number {n}", description="Cracked."), by=kim)
        for n in range(60)
    ]
    Side.objects.update(deadline=now() + timedelta(days=2))
    for case in cases[::3]:
        cancel(case, by=cast.at_desk(cast.lea), note="x")
    for _n in range(12):
        add_note(cases[1], by=ana, subject="", text="Rang back", token=form_token())
    for n in range(9):
        Shipment.objects.create(organisation=cast.larkfield, number=f"SHP-{n}", account=cast.orchid)
    return cases


def test_the_widget_has_the_latest_open_cases_and_leads_to_all(
    cast: Cast, desk: Desk, sixty: list[Case]
) -> None:
    answer, sql = queries_of(desk(cast.sam), home(cast))
    page = answer.content.decode()
    opened = links(page, 'aria-label="Open CV')
    newest = [case.number for case in sixty[::-1] if fresh(case).is_active][:5]
    assert opened == [f"{home(cast)}cases/{number}/" for number in newest]
    assert "40 open cases" in page
    assert f"{home(cast)}cases/" in links(page, "cases/")
    assert "Kim" in page
    assert "SHP-8" in page
    assert len(sql) <= OVERVIEW_QUERIES, told(sql)


@pytest.mark.parametrize("query", ["", "?status=active", "?keyword=sideboard&deadline.before=2090-01-01"])
def test_the_list_pages_and_keeps_its_budget(cast: Cast, desk: Desk, sixty: list[Case], query: str) -> None:
    sam = desk(cast.sam)
    answer, sql = queries_of(sam, f"{home(cast)}cases/{query}")
    page, seen = answer.content.decode(), set(links(answer.content.decode(), "/cases/CV"))
    assert len(sql) <= (SEARCH_QUERIES if "keyword" in query else LIST_QUERIES), told(sql)
    assert len(answer.content) <= LIST_BYTES
    if query != "?status=active":
        assert len(seen) == 50
        following = links(page, 'rel="next"')[0]
        rest = set(links(sam.get(following).content.decode(), "/cases/CV"))
        assert len(rest) == 10
        assert not rest & seen


def test_filters_are_in_the_address_as_chips(cast: Cast, desk: Desk, sixty: list[Case]) -> None:
    sam, today = desk(cast.sam), now().date().isoformat()
    query = f"status=solved&type=general_status&created.after={today}&tag=claim&priority=999999999"
    page = sam.get(f"{home(cast)}cases/?{query}").content.decode()
    removals = [parse_qs(urlsplit(link).query) for link in links(page, 'class="rm"')]
    assert len(removals) == 5
    assert all("customer" not in left and "view" not in left for left in removals)
    assert {name for left in removals for name in left} >= {"status", "type", "tag", "priority"}
    assert sam.get(f"{home(cast)}cases/?type=nonsense").status_code == 422
    foreign = sam.get(f"{home(cast)}cases/?customer={cast.fernwood.pk}&view=my-active").content.decode()
    assert "Walnut sideboard" in foreign


def test_the_desks_own_list_shows_what_it_does_not_offer(cast: Cast, desk: Desk, sixty: list[Case]) -> None:
    sam = desk(cast.sam)
    page = sam.get(f"/desk/cases/?view=all&customer={cast.orchid.pk}&tag=claim").content.decode()
    assert "Orchid Hotels" in page
    assert "<em>Customer</em> Orchid Hotels" in page
    assert f'name="customer" value="{cast.orchid.pk}"' in page
    assert 'name="tag" value="claim"' in page


def test_the_case_keeps_its_budget_and_hides_what_isnt_a_note(
    cast: Cast, desk: Desk, sixty: list[Case]
) -> None:
    address = f"{home(cast)}cases/{sixty[1].number}/"
    answer, sql = queries_of(desk(cast.sam), address)
    page = answer.content.decode()
    assert page.count("Rang back") == 12
    assert "1 message with the customer" in page
    assert "Added by" in page
    assert len(sql) <= CASE_QUERIES, told(sql)
    solved = desk(cast.sam).get(f"{home(cast)}cases/{sixty[0].number}/").content.decode()
    assert "CLOSED" in solved


def test_shipments_of_one_account(cast: Cast, desk: Desk, sixty: list[Case]) -> None:
    Shipment.objects.create(organisation=cast.larkfield, number="SHP-FERN", account=cast.fernwood)
    page = desk(cast.sam).get(f"/desk/shipments/?customer={cast.orchid.pk}").content.decode()
    assert "SHP-8" in page
    assert "SHP-FERN" not in page
    assert desk(cast.pia).get(f"/desk/shipments/?customer={cast.orchid.pk}").status_code == 404


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_a_case_is_worked_by_keyboard_alone(window: Window, people: Cast) -> None:
    case = raised_by_kim(people)
    page = window(people.sam)
    page.bring_to_front()
    page.goto(home(people))
    page.get_by_role("link", name=f"Open {case.number}").focus()
    press(page, "Enter")
    expect(page.get_by_role("heading", name="Sideboard arrived broken")).to_be_visible()
    page.get_by_role("link", name="Edit: note, status, details").focus()
    press(page, "Enter")
    note = page.get_by_role("dialog").locator("#note-text")
    expect(note).to_be_focused()
    page.keyboard.type("Rang back, nobody there")
    press(page, "Tab", "Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_label("Additional notes").get_by_text("Rang back, nobody there")).to_be_visible()
    page.get_by_role("link", name="Change the status").focus()
    press(page, "Enter")
    expect(page.locator("#panel-status summary")).to_be_focused()
    press(page, "Tab", "ArrowDown", "Tab")
    page.keyboard.type("Top replaced")
    press(page, "Tab", "Enter")
    expect(page.locator(".standing .status")).to_have_text("CLOSED")
    expect(page.get_by_label("Additional notes").get_by_text("Top replaced").first).to_be_visible()
    assert not fresh(case).is_active


def test_what_was_typed_outlives_the_panels_closing_and_the_sending_of_another_part(
    window: Window, people: Cast
) -> None:
    case = raised_by_kim(people)
    page = window(people.sam)
    page.goto(f"{home(people)}cases/{case.number}/")
    page.get_by_role("link", name="Edit: note, status, details").click()
    panel = page.get_by_role("dialog")
    panel.locator("#note-text").fill("Half a thought")
    press(page, "Escape")
    expect(panel).to_have_count(0)
    page.get_by_role("link", name="Add a note").click()
    expect(panel.locator("#note-text")).to_have_value("Half a thought")
    panel.get_by_text("Edit case").click()
    panel.get_by_label("Description").fill("The top is cracked, on both sides.")
    panel.get_by_role("button", name="Save case").click()
    expect(page.locator("main").get_by_text("on both sides")).to_be_visible()
    panel.locator("#panel-note summary").click()
    expect(panel.locator("#note-text")).to_have_value("Half a thought")
    panel.get_by_role("button", name="Add note").click()
    expect(panel).to_have_count(0)
    assert [m.text for m in Message.objects.filter(case=case, audience=Audience.TEAM)] == ["Half a thought"]


def test_clear_reverts_to_what_is_stored(window: Window, people: Cast) -> None:
    case = raised_by_kim(people)
    page = window(people.sam)
    page.goto(f"{home(people)}cases/{case.number}/")
    page.get_by_role("link", name="Add a note").click()
    panel = page.get_by_role("dialog")
    panel.get_by_text("Edit case").click()
    panel.get_by_label("Subject").last.fill("Something else")
    panel.get_by_role("link", name="Clear").click()
    expect(panel.locator("#edit-subject")).to_have_value("Sideboard arrived broken")
    press(page, "Escape")


def test_every_page_is_for_everyone_and_fits(window: Window, people: Cast) -> None:
    case = raised_by_kim(people)
    add_note(case, by=people.at_desk(people.ana), subject="", text="Rang back", token=form_token())
    here = f"{home(people)}cases/"
    page = window(people.sam)
    addresses = (home(people), here, f"{here}?status=solved", f"{here}new/", f"{here}{case.number}/")
    for address in (*addresses, f"{here}{case.number}/panel/edit/", f"{home(people)}people/"):
        page.goto(address)
        assert objections(page) == [], address
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (address, width)
        page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{here}{case.number}/")
    page.get_by_role("link", name="Edit: note, status, details").click()
    page.get_by_role("dialog").wait_for()
    assert objections(page) == []
