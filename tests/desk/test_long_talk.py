"""A case with five hundred messages: opened as quickly as any, and every message within reach."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from caseway.cases.models import Case, Message
from caseway.cases.tests.story import raised_by_kim, says
from caseway.cases.types import Audience
from caseway.demo.cast import Cast
from tests.performance.longest import MESSAGES, longest_case

from .conftest import Desk, Window, links
from .test_budgets import queries_of, told

SHOWN, NOTES = 50, 50
BYTES = 300_000


def numbers(page: str) -> list[int]:
    """The messages on a page: each of the longest case begins with its number."""
    return [int(n) for n in re.findall(r"<p>(\d+)\. The pallet", page)]


@pytest.fixture
def longest(cast: Cast) -> str:
    return longest_case(cast.at_desk(cast.ana), cast.contact(cast.kim))


@pytest.mark.django_db
def test_it_costs_no_more_queries_than_a_short_one(cast: Cast, desk: Desk, longest: str) -> None:
    short = raised_by_kim(cast)
    says(short, cast.at_desk(cast.ana), Audience.CUSTOMER, "Soon.")
    ana = desk(cast.ana)
    _page, few = queries_of(ana, f"/desk/cases/{short.number}")
    page, many = queries_of(ana, f"/desk/cases/{longest}")
    assert len(many) <= len(few), told(many)
    assert len(page.content) <= BYTES, f"{len(page.content)} bytes"


@pytest.mark.django_db
def test_older_ones_are_folded_and_all_are_within_reach(cast: Cast, desk: Desk, longest: str) -> None:
    ana = desk(cast.ana)
    page = ana.get(f"/desk/cases/{longest}?view=all").content.decode()
    assert numbers(page) == list(range(MESSAGES - SHOWN, MESSAGES))
    assert "450 earlier messages" in page
    (unfold,) = links(page, "messages=550")
    assert "view=all" in unfold
    whole = ana.get(unfold).content.decode()
    assert numbers(whole) == list(range(MESSAGES))
    assert "earlier messages" not in whole
    assert "Jump to the newest" in whole
    assert f'id="{unfold.partition("#")[2]}"' in whole, "it goes on where it was unfolded"


@pytest.mark.django_db
def test_segments_count_and_show_what_is_folded_too(cast: Cast, desk: Desk, longest: str) -> None:
    page = desk(cast.ana).get(f"/desk/cases/{longest}").content.decode()
    assert re.search(rf"Notes\s*<[^>]*>{NOTES}<", page)
    notes = desk(cast.ana).get(f"/desk/cases/{longest}?show=notes").content.decode()
    assert len(numbers(notes)) == NOTES


@pytest.mark.django_db
def test_a_colleague_who_wrote_long_ago_is_not_offered_a_copy(cast: Cast, desk: Desk, longest: str) -> None:
    said = says(Case.objects.get(number=longest), cast.at_desk(cast.ben), Audience.CUSTOMER, "Ben was first.")
    Message.objects.filter(pk=said.pk).update(created_at=said.created_at - timedelta(days=900))
    page = desk(cast.ana).get(f"/desk/cases/{longest}").content.decode()
    assert "Ben was first." not in page
    assert f'name="cc-customer" value="{cast.ben.email}"' not in page


@pytest.mark.journey
def test_it_is_unfolded_and_passed_through_by_keyboard(window: Window, people: Cast) -> None:
    number = longest_case(people.at_desk(people.ana), people.contact(people.kim))
    page = window(people.ana)
    page.goto(f"/desk/cases/{number}")
    expect(page.locator("#stream article.message[id]")).to_have_count(SHOWN)
    page.get_by_role("link", name="Show earlier messages").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#stream article.message[id]")).to_have_count(MESSAGES)
    jump = page.get_by_role("link", name="Jump to the newest")
    jump.focus()
    expect(jump).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#stream article.message[id]").last).to_be_in_viewport()
    page.keyboard.press("Tab")
    expect(page.locator("#composer-text")).to_be_in_viewport()
