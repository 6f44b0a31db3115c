"""One case, two companies and a customer who answers by mail: to Solved, and reopened."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Window
from tests.journeys.installation import Installation
from tests.journeys.postbox import text_of
from tests.journeys.test_first_click_to_last_reply import (
    SECRET,
    bring_in_the_carrier,
    claim,
    raise_case,
    reply_by_mail,
    until_seen,
    write,
)

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys")]

CRM = "LARK-CRM-7731"


def waits_for(page: Page, whom: str) -> None:
    """The case page says so, and since when."""
    panel = page.locator("#details")
    expect(panel.get_by_text(re.compile(rf"Waiting for {whom} since .+\("))).to_be_visible()


def test_two_companies_and_a_customer_solve_one_case(
    installation: Installation, window: Window, picture: Callable[[Page, str], None], tmp_path: Path
) -> None:
    kim = window(installation.portal, "kim@orchid.example")
    number = raise_case(kim, lambda _page, _step: None, tmp_path)
    ana = window(installation.desk, "ana@larkfield.example")
    claim(ana, number, lambda _page, _step: None)
    ana.locator("#field-crm_number a.edit").click()
    ana.locator("#field-crm_number [name=crm_number]").fill(CRM)
    ana.locator("#field-crm_number").get_by_role("button", name="Save").click()
    expect(ana.locator("#field-crm_number")).to_contain_text(CRM)
    bring_in_the_carrier(ana, picture)
    ana.reload()
    waits_for(ana, "Brightwater Freight")
    picture(ana, "ana-waits-for-the-carrier")

    omar = window(installation.desk, "omar@brightwater.example")
    omar.goto(f"/desk/cases/{number}")
    waits_for(omar, "us")
    omar.get_by_role("button", name="Claim").first.click()
    expect(omar.get_by_text("Omar Haddad claimed the case")).to_be_visible()
    picture(omar, "omar-has-to-act")
    write(omar, "Larkfield Home", "Which side of the crate was it?")
    waits_for(omar, "Larkfield Home")

    until_seen(ana, "Which side of the crate")
    waits_for(ana, "us")
    write(ana, "Customer", "Was it the left side?")
    waits_for(ana, "Kim Tran")
    picture(ana, "ana-waits-for-the-customer")
    omar.reload()
    waits_for(omar, "Larkfield Home")
    picture(omar, "omar-only-sees-that-larkfield-has-to-act")

    asked = installation.postbox.wait_for("kim@orchid.example", lambda m: "the left side?" in text_of(m))
    reply, to = reply_by_mail(asked, "Yes, left, near the door.")
    installation.deliver(reply, to)
    until_seen(ana, "near the door")
    waits_for(ana, "us")
    picture(ana, "kims-mail-landed")
    write(ana, "Brightwater Freight", "The left one.")

    until_seen(omar, "The left one.")
    solve(omar)
    picture(omar, "omar-solves-it")
    for page in (ana, kim):
        page.goto(f"/desk/cases/{number}" if page is ana else f"/portal/cases/{number}/")
        expect(page.get_by_text("Closed", exact=True).first).to_be_visible()
    picture(ana, "ana-sees-it-solved")
    picture(kim, "kim-sees-it-solved")

    reopen(ana)
    waits_for(ana, "us")
    picture(ana, "ana-reopened-it")
    omar.reload()
    waits_for(omar, "Larkfield Home")
    for private in (CRM, SECRET, "near the door", "Kim Tran", "Orchid Hotels", "Not yet solved for us"):
        expect(omar.get_by_text(private)).to_have_count(0)
    picture(omar, "omar-sees-it-reopened")


def solve(page: Page) -> None:
    """The partner closes the case for everyone; it needs no reason."""
    page.get_by_role("button", name="Close", exact=False).first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name=re.compile("Close")).last.click()
    expect(page.get_by_text("Omar Haddad closed the case")).to_be_visible()


def reopen(page: Page) -> None:
    """Our side takes it up again, for a reason of its own."""
    page.get_by_role("button", name="Reopen", exact=False).first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Note").fill("Not yet solved for us")
    dialog.get_by_role("button", name=re.compile("Reopen")).last.click()
    expect(page.get_by_text("Ana Ferreira reopened the case")).to_be_visible()
