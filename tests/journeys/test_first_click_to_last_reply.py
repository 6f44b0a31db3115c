"""One case from the first click to the last reply: the customer, the agent, mail, the carrier."""

import re
from collections.abc import Callable
from email.message import EmailMessage
from email.utils import make_msgid, parseaddr
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Window
from tests.journeys.installation import Installation
from tests.journeys.postbox import text_of

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys")]

SECRET = "The varnish has bubbles near the left hinge."


def until_seen(page: Page, text: str) -> None:
    """Look again, as a person would reload, until the page shows this text."""
    for _look in range(80):
        if page.get_by_text(text).count():
            return
        page.wait_for_load_state("networkidle")
        page.reload()
    raise AssertionError(f"{text!r} never showed up")


def reply_by_mail(mail: EmailMessage, text: str) -> tuple[EmailMessage, str]:
    """An answer as a mail program writes it, and the address it goes to."""
    reply = EmailMessage()
    to = str(mail["Reply-To"] or mail["From"])
    reply["From"] = str(mail["To"])
    reply["To"] = to
    reply["Subject"] = f"Re: {mail['Subject']}"
    reply["Message-ID"] = make_msgid(domain="orchid.example")
    reply["In-Reply-To"] = str(mail["Message-ID"])
    reply["References"] = f"{mail['References'] or ''} {mail['Message-ID']}".strip()
    quoted = "\n".join(f"> {line}" for line in text_of(mail).splitlines())
    reply.set_content(f"{text}\n\nOn Sun, Larkfield wrote:\n{quoted}\n")
    return reply, parseaddr(to)[1]


def test_one_case_from_first_click_to_last_reply(
    installation: Installation, window: Window, picture: Callable[[Page, str], None], tmp_path: Path
) -> None:
    kim = window(installation.portal, "kim@orchid.example")
    number = raise_case(kim, picture, tmp_path)

    confirmation = installation.postbox.wait_for("kim@orchid.example", lambda m: number in m["Subject"])
    assert SECRET not in text_of(confirmation), "a confirmation never repeats what was submitted"

    ana = window(installation.desk, "ana@larkfield.example")
    claim(ana, number, picture)
    write(ana, "Customer", "I am sorry. Is the hinge itself straight?")
    picture(ana, "ana-answered")

    answer = installation.postbox.wait_for("kim@orchid.example", lambda m: "hinge itself" in text_of(m))
    reply, to = reply_by_mail(answer, "Yes, the hinge is straight, only the varnish is bad.")
    installation.deliver(reply, to)
    until_seen(ana, "only the varnish is bad")
    expect(ana.get_by_role("button", name="Pending from agent")).to_be_visible()
    picture(ana, "reply-by-mail-landed")

    bring_in_the_carrier(ana, picture)
    omar = window(installation.desk, "omar@brightwater.example")
    answer_as_carrier(omar, number, picture)

    until_seen(ana, "Our terminal photo shows no damage")
    close(ana, picture)

    for page, name in ((omar, "omar"), (kim, "kim")):
        page.goto(f"/desk/cases/{number}" if name == "omar" else f"/portal/cases/{number}/")
        expect(page.get_by_text("Closed", exact=True).first).to_be_visible()
        picture(page, f"{name}-sees-it-closed")
    closed = installation.postbox.wait_for("kim@orchid.example", lambda m: "closed" in text_of(m).lower())
    assert confirmation["Message-ID"] in str(closed["References"]), "all of it is one thread"


def raise_case(kim: Page, picture: Callable[[Page, str], None], folder: Path) -> str:
    """Kim raises a case about a shipment, with a photo; gives its number."""
    photo = folder / "hinge.png"
    Image.new("RGB", (640, 480), "saddlebrown").save(photo)
    kim.goto("/")
    picture(kim, "kim-home")
    kim.get_by_role("link", name="Raise a new case").first.click()
    kim.get_by_role("heading", name="Goods").click()
    kim.get_by_role("button", name="Something is damaged").click()
    expect(kim.get_by_role("heading", name="This may help right away")).to_be_visible()
    picture(kim, "kim-is-offered-guides")
    kim.get_by_role("link", name="Continue").click()
    kim.get_by_role("searchbox").fill("SHP-22")
    kim.get_by_role("button", name="Search").click()
    kim.get_by_role("radio").first.check()
    picture(kim, "kim-chooses-a-shipment")
    kim.get_by_role("button", name="Continue").click()
    kim.get_by_label("Subject").fill("Varnish of the sideboard is damaged")
    kim.get_by_label("What happened?").fill(SECRET)
    kim.locator("input[type=file]").set_input_files(photo)
    expect(kim.get_by_text("hinge.png").first).to_be_visible()
    picture(kim, "kim-writes")
    kim.get_by_role("button", name="Submit the case").click()
    expect(kim).to_have_url(re.compile(r"/portal/cases/CV\d+/created/"))
    picture(kim, "kim-has-a-number")
    found = re.search(r"CV\d+", kim.url)
    assert found is not None
    return found[0]


def claim(ana: Page, number: str, picture: Callable[[Page, str], None]) -> None:
    """Ana finds the case among the new ones, reads it and claims it."""
    ana.goto("/desk/cases/?view=new")
    picture(ana, "ana-new-cases")
    ana.get_by_role("row", name=number).get_by_role("link", name="Varnish").click()
    expect(ana.get_by_text(SECRET)).to_be_visible()
    ana.get_by_role("button", name="Claim").first.click()
    expect(ana.get_by_text("Ana Ferreira claimed the case")).to_be_visible()
    picture(ana, "ana-claimed")


def write(page: Page, audience: str, text: str) -> None:
    """Write a message to an audience that the composer names, and see it in the timeline."""
    composer = page.get_by_role("form", name="Write a message")
    composer.get_by_text(audience, exact=True).first.click()
    composer.get_by_role("textbox", name="Message").fill(text)
    composer.get_by_role("textbox", name="Message").press("Control+Enter")
    expect(page.get_by_role("list", name="Timeline").get_by_text(text)).to_be_visible()
    page.reload()
    expect(composer.get_by_role("textbox", name="Message")).to_have_value("")


def bring_in_the_carrier(ana: Page, picture: Callable[[Page, str], None]) -> None:
    """Ana shares the case with Brightwater, in words written for it."""
    ana.get_by_role("link", name="Add a partner").first.click()
    dialog = ana.get_by_role("dialog")
    dialog.get_by_role("radio", name="Brightwater Freight").check()
    dialog.get_by_label("Subject for the partner").fill("Varnish damaged in transit?")
    dialog.get_by_label("What the partner should know").fill(
        "Please check the terminal photos of this crate."
    )
    picture(ana, "ana-brings-in-the-carrier")
    dialog.get_by_role("button", name="Add the partner").click()
    expect(ana.get_by_text("Ana Ferreira brought in Brightwater Freight")).to_be_visible()


def answer_as_carrier(omar: Page, number: str, picture: Callable[[Page, str], None]) -> None:
    """Omar sees what was written for Brightwater, and nothing of the customer's."""
    omar.goto("/desk/cases/?view=new")
    omar.get_by_role("row", name=number).get_by_role("link", name="Varnish damaged").click()
    expect(omar.get_by_text("Please check the terminal photos").first).to_be_visible()
    for private in (SECRET, "hinge", "Kim Tran", "Orchid Hotels"):
        expect(omar.get_by_text(private)).to_have_count(0)
    write(omar, "Larkfield Home", "Our terminal photo shows no damage.")
    picture(omar, "omar-answered")


def close(ana: Page, picture: Callable[[Page, str], None]) -> None:
    """Ana closes the case with a reason and a note."""
    ana.get_by_role("button", name="Close", exact=False).first.click()
    dialog = ana.get_by_role("dialog")
    dialog.get_by_label("Reason").select_option(index=1)
    dialog.get_by_label("Note").fill("Repair kit sent.")
    picture(ana, "ana-closes")
    dialog.get_by_role("button", name=re.compile("Close the case|Close")).last.click()
    expect(ana.get_by_text("Ana Ferreira closed the case")).to_be_visible()
