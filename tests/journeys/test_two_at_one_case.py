"""Two browsers on one case: whoever comes second sees what the first did and loses nothing they typed."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys.conftest import Window
from tests.journeys.installation import Installation
from tests.journeys.mails import asked_by_mail
from tests.journeys.working import BOX, claimed_by_ana, merge_previewed, opened

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys")]

PATIENCE = 60_000
"""Milliseconds in which a message is there that its writer may take back for ten seconds."""


@pytest.fixture
def ana(installation: Installation, window: Window) -> Page:
    return window(installation.desk, "ana@larkfield.example")


@pytest.fixture
def lea(installation: Installation, window: Window) -> Page:
    return window(installation.desk, "lea@larkfield.example")


def held_back(page: Page, address: str) -> list[Route]:
    """What this page asks of the address from now on: kept on its way, until it is let go on."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(address, hold)
    return held


def to_customer(page: Page, text: str) -> None:
    """Type an answer to the customer, as people do, and leave it there."""
    page.get_by_role("form", name="Write a message").get_by_text("Customer", exact=True).first.click()
    page.locator(BOX).press_sequentially(text)


def edit(page: Page, field: str, value: str) -> None:
    """Change a field of the details in place, up to the press that saves it."""
    page.locator(f"#field-{field} a.edit").click()
    page.locator(f"#field-{field} [name={field}]").fill(value)


def save(page: Page, field: str) -> None:
    """Save the field that is being changed."""
    page.locator(f"#field-{field}").get_by_role("button", name="Save").click()


def test_both_claim_and_the_second_hears_who_was_quicker(
    installation: Installation, ana: Page, lea: Page
) -> None:
    number = asked_by_mail(installation, ana, "The claimed lamp hums")
    opened(ana, number)
    opened(lea, number)
    lea.locator(BOX).press_sequentially("I am looking at it")
    on_its_way = held_back(lea, "**/claim")
    lea.locator(".casehead").get_by_role("button", name="Claim").click()

    claimed_by_ana(ana)
    assert len(on_its_way) == 1
    on_its_way[0].continue_()

    expect(lea.locator("#dock")).to_contain_text("Ana Ferreira owns this case already")
    expect(lea.locator("#details")).to_contain_text("Ana Ferreira")
    expect(lea.locator(BOX)).to_have_value("I am looking at it")
    expect(lea.get_by_text("claimed the case")).to_have_count(1)


def test_both_answer_and_both_messages_stand(installation: Installation, ana: Page, lea: Page) -> None:
    number = asked_by_mail(installation, ana, "The answered lamp hums")
    opened(ana, number)
    opened(lea, number)
    to_customer(lea, "Lea writes at leisure.")
    to_customer(ana, "Ana is quicker.")
    ana.locator(BOX).press("Control+Enter")

    banner = lea.locator("cw-newcomer .notice")
    expect(banner).to_contain_text("A new message has come", timeout=PATIENCE)
    expect(lea.locator(BOX)).to_have_value("Lea writes at leisure.")
    banner.get_by_role("button", name="Show").click()
    expect(lea.locator("#stream")).to_contain_text("Ana is quicker.")
    expect(banner).to_have_count(0)
    expect(lea.locator(BOX)).to_have_value("Lea writes at leisure.")
    lea.locator(BOX).press("Control+Enter")

    for page in (ana, lea):
        expect(page.locator("#stream")).to_contain_text("Lea writes at leisure.", timeout=PATIENCE)
        expect(page.locator("#stream").get_by_text("Ana is quicker.")).to_have_count(1)
    expect(lea.locator(BOX)).to_have_value("")


def test_edits_of_different_fields_both_hold_and_of_the_same_one_are_told(
    installation: Installation, ana: Page, lea: Page
) -> None:
    number = asked_by_mail(installation, ana, "The edited lamp hums")
    opened(ana, number)
    opened(lea, number)
    edit(ana, "crm_number", "ANA-1")
    edit(lea, "tags", "humming")
    save(ana, "crm_number")
    expect(ana.locator("#field-crm_number")).to_have_text(re.compile("ANA-1"))
    save(lea, "tags")
    for page in (ana, lea):
        expect(page.locator("#field-tags")).to_contain_text("humming")
        expect(page.locator("#field-crm_number a.edit")).to_contain_text("ANA-1")

    edit(ana, "crm_number", "ANA-2")
    edit(lea, "crm_number", "LEA-2")
    save(ana, "crm_number")
    expect(ana.locator("#field-crm_number a.edit")).to_contain_text("ANA-2")
    save(lea, "crm_number")
    told = lea.locator("#field-crm_number .notice")
    expect(told).to_contain_text("It was “ANA-1” and is “ANA-2” now")
    expect(lea.locator("#field-crm_number [name=crm_number]")).to_have_value("LEA-2")
    save(lea, "crm_number")
    for page in (ana, lea):
        expect(page.locator("#field-crm_number a.edit")).to_contain_text("LEA-2")


def merge(page: Page, number: str, into: str) -> None:
    """Merge the case into another, with the preview before one's eyes."""
    opened(page, number)
    dialog = merge_previewed(page, number, into)
    dialog.get_by_role("button", name="Merge", exact=True).click()
    expect(page.locator(".casetitle .status")).to_contain_text("Merged")


def test_one_merges_while_the_other_types_and_the_words_go_along(
    installation: Installation, ana: Page, lea: Page, picture: Callable[[Page, str], None]
) -> None:
    first = asked_by_mail(installation, ana, "The first lamp of two hums")
    second = asked_by_mail(installation, ana, "The second lamp of two hums")
    opened(ana, first)
    claimed_by_ana(ana)
    opened(lea, first)
    to_customer(lea, "Lea has found the reason")

    merge(ana, first, into=second)

    moved = lea.locator("#moved .notice")
    expect(moved).to_contain_text("merged while you were writing")
    lea.locator(BOX).press_sequentially(", at last.")
    expect(lea.locator(BOX)).to_have_value("Lea has found the reason, at last.")
    picture(lea, "merged-while-typing")
    moved.get_by_role("button", name=f"Take it along to {second}").click()

    expect(lea).to_have_url(re.compile(f"/desk/cases/{second}$"))
    expect(lea.locator(BOX)).to_have_value("Lea has found the reason, at last.")
    expect(lea.locator("[name=audience][value=customer]")).to_be_checked()
    lea.locator(BOX).press("Control+Enter")
    expect(lea.locator("#stream")).to_contain_text("Lea has found the reason, at last.", timeout=PATIENCE)
    lea.goto(f"/desk/cases/{first}")
    expect(lea.locator("#moved .notice")).to_have_count(0)


def test_who_sends_just_after_the_merge_reads_why_it_was_not_sent_and_takes_it_along(
    installation: Installation, ana: Page, lea: Page
) -> None:
    first = asked_by_mail(installation, ana, "The third lamp of two hums")
    second = asked_by_mail(installation, ana, "The fourth lamp of two hums")
    opened(ana, first)
    claimed_by_ana(ana)
    opened(lea, first)
    to_customer(lea, "Sent a moment too late.")
    on_its_way = held_back(lea, "**/messages*")
    lea.locator(BOX).press("Control+Enter")
    merge(ana, first, into=second)
    assert len(on_its_way) == 1
    on_its_way[0].continue_()

    moved = lea.locator("#moved .notice")
    expect(moved).to_contain_text("Sent a moment too late.")
    moved.get_by_role("button", name=f"Take it along to {second}").click()
    expect(lea.locator(BOX)).to_have_value("Sent a moment too late.")
