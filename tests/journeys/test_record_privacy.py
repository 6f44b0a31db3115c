"""The internal record and five people: two read it, three never hear that it exists."""

import json
from collections.abc import Callable
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Window
from tests.journeys.installation import Installation
from tests.journeys.test_first_click_to_last_reply import bring_in_the_carrier, claim, raise_case

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys")]

WORD = "zebrafish"
NOTE = "A note for all of us."
FETCHED = (
    "async address => { const answer = await fetch(address); return [answer.status, await answer.text()] }"
)
HEARD = "document.addEventListener('caseway:case', e => (window.heard ??= []).push(JSON.stringify(e.detail)))"


def test_two_read_it_and_three_never_hear_of_it(
    installation: Installation, window: Window, picture: Callable[[Page, str], None], tmp_path: Path
) -> None:
    kim = window(installation.portal, "kim@orchid.example")
    number = raise_case(kim, picture, tmp_path)
    ana = window(installation.desk, "ana@larkfield.example")
    claim(ana, number, picture)
    bring_in_the_carrier(ana, picture)
    ben = window(installation.desk, "ben@larkfield.example")
    omar = window(installation.desk, "omar@brightwater.example")
    others = {"ben@larkfield.example": ben, "omar@brightwater.example": omar, "kim@orchid.example": kim}
    tokens = {email: token(installation, email) for email in others}
    for email, page in others.items():
        page.goto(case_page(email, number))
        expect(page.locator("cw-live")).to_have_attribute("data-state", "live")
        page.evaluate(HEARD)
    before = {email: known(installation, email, tokens[email], number) for email in others}

    write_record(ana, tmp_path)
    picture(ana, "the-owner-reads-it")
    admin = window(installation.desk, "admin@larkfield.example")
    admin.goto(f"/desk/cases/{number}")
    expect(admin.locator("#stream")).to_contain_text(WORD)
    admin.goto(f"/desk/cases/?view=all&q={WORD}")
    expect(admin.get_by_role("row", name=number)).to_be_visible()

    for email, page in others.items():
        assert known(installation, email, tokens[email], number) == before[email], email
        assert page.evaluate("window.heard ?? []") == [], f"{email} was told over the stream"
        look_everywhere(page, email, number)
    picture(ben, "an-agent-finds-nothing")

    # Their streams do tell, of what they may hear.
    for email, page in others.items():
        page.goto(case_page(email, number))
        expect(page.locator("cw-live")).to_have_attribute("data-state", "live")
    write(ana, "Team note", NOTE)
    expect(ben.locator("#stream")).to_contain_text(NOTE, timeout=60_000)
    for page in others.values():
        assert WORD not in page.content()
    for page in (omar, kim):
        assert NOTE not in page.content()


def case_page(email: str, number: str) -> str:
    """The case where this person reads it."""
    return f"/portal/cases/{number}/" if email == "kim@orchid.example" else f"/desk/cases/{number}"


def write(page: Page, audience: str, text: str) -> None:
    """Write a message, and wait until it stands in the timeline."""
    composer = page.get_by_role("form", name="Write a message")
    composer.get_by_text(audience, exact=True).first.click()
    composer.get_by_role("textbox", name="Message").fill(text)
    composer.get_by_role("textbox", name="Message").press("Control+Enter")
    expect(page.locator("#stream")).to_contain_text(text, timeout=60_000)


def write_record(ana: Page, folder: Path) -> None:
    """The owner adds to the internal record, with a picture that has a telling name."""
    picture = folder / f"{WORD}.png"
    Image.new("RGB", (64, 48), "teal").save(picture)
    composer = ana.get_by_role("form", name="Write a message")
    composer.get_by_text("Internal record", exact=True).first.click()
    composer.locator("[data-for=record] input[type=file]").set_input_files(picture)
    expect(composer.locator("[data-for=record]").get_by_text(picture.name).first).to_be_visible()
    write(ana, "Internal record", f"The {WORD} was in the crate.")
    expect(ana.locator("#stream")).to_contain_text(picture.name)


def token(installation: Installation, email: str) -> str:
    """A token for the API, made as the documentation says."""
    told = installation.run("caseway.cli", "token", "--user", email, "--name", "record")
    return told.split()[-1]


def known(installation: Installation, email: str, secret: str, number: str) -> dict[str, object]:
    """All that the API tells this person of the case, and how it answers where it tells nothing."""
    found: dict[str, object] = {}
    case = f"/api/v1/cases/{number}"
    asked = [
        f"/api/v1/cases?q={WORD}", case, f"{case}/messages", f"{case}/events", f"{case}/record",
        f"{case}/attachments", "/api/v1/cases?view=all&limit=200",
    ]  # fmt: skip
    for path in asked:
        request = Request(f"{installation.desk}{path}", headers={"Authorization": f"Bearer {secret}"})
        found[path] = answer_of(request)
    assert found[case], email
    assert WORD not in json.dumps(found).replace(f"q={WORD}", "")
    return found


def answer_of(request: Request) -> object:
    """The body as JSON; of a refusal its status alone."""
    try:
        with urlopen(request, timeout=60) as answer:
            told: dict[str, object] = json.load(answer)
            told.pop("next", None)  # a place in the list that tells when it was asked for
            told.pop("waiting", None)  # seconds up to now
            return told
    except OSError as refusal:
        return getattr(refusal, "code", None)


def look_everywhere(page: Page, email: str, number: str) -> None:
    """The page as it stands open, then every page that could tell: case, list, search, notifications."""
    assert WORD not in page.content()
    customers = ["/portal/cases/", f"/portal/cases/?q={WORD}", f"/portal/cases/{number}/?tab=emails", "/"]
    agents = [
        f"/desk/cases/?view=all&q={WORD}", "/desk/cases/?view=all", f"/desk/cases/{number}?show=notes",
        f"/desk/cases/{number}?show=files", f"/desk/cases/{number}/preview", "/desk/notifications/",
        "/desk/counts",
    ]  # fmt: skip
    for address in [case_page(email, number), *(customers if "orchid" in email else agents)]:
        status, told = page.evaluate(FETCHED, address)
        assert status == 200, f"{address} answered {status} to {email}"
        for echo in (f"q={WORD}", f'value="{WORD}"', f"“{WORD}”"):
            told = told.replace(echo, "")  # what they asked for themselves
        assert WORD not in told, address
    page.goto(case_page(email, number))
    expect(page.get_by_text("Internal record", exact=True)).to_have_count(0)
