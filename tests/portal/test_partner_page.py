"""A partner without a sign-in: from the mail in the outbox to the answer on the case, in a browser."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from caseway.cases.conversation.actions import post
from caseway.cases.conversation.writing import Content
from caseway.cases.models import Case, PartnerAnswer
from caseway.cases.types import AnswerKind, Audience
from caseway.core.clock import now
from caseway.demo.cast import Cast
from caseway.mail.answering.tests.scenes import CLAIMS, asked, links
from caseway.mail.models import Mailbox
from caseway.portal.tests.people import shipment_for
from tests.everyone import WIDTHS, objections

SENDS = {
    AnswerKind.ACCEPTED: "Accept",
    AnswerKind.ETA: "Send the ETA",
    AnswerKind.SOLVED: "Report solved",
}
ARRIVED = "Your answer has reached Larkfield Home."


@pytest.fixture
def case(people: Cast) -> Case:
    """Kim's case with a shipment, about which Ana asked Tamarack twice."""
    Mailbox.objects.get_or_create(address="support@larkfield.example", organisation=people.larkfield)
    case = asked(people)
    Case.objects.filter(pk=case.pk).update(shipment=shipment_for(people))
    post(case, by=people.at_desk(people.ana), audience=Audience.PARTNER, content=Content("Any news of it?"))
    return case


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def stranger(request: Any, browser: Browser, live_server: Any) -> Iterator[Page]:
    """A window of somebody who isn't signed in; what the browser complains of fails the test."""
    base, complaints = f"http://localhost:{live_server.thread.port}", []
    context = browser.new_context(base_url=base, java_script_enabled=request.param)
    page = context.new_page()
    page.on("console", lambda said: complaints.append(said.text) if "Content Security" in said.text else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []


def open_from_outbox(page: Page, words: str) -> None:
    """Find the partner's mail in the outbox, and follow one of its links to this server."""
    page.goto(f"/dev/outbox/?q={CLAIMS}")
    page.locator("a", has_text="Pallet missing").first.click()
    letter = page.locator(".letter").inner_text()
    found = re.search(rf"{re.escape(words)}:\s+https?://[^/\s]+(/p/\S+)", letter)
    assert found, letter
    page.goto(found[1])
    assert "/p/" in page.url


def test_every_way_of_answering(stranger: Page, people: Cast, case: Case, tmp_path: Path) -> None:
    for kind, button in SENDS.items():
        open_from_outbox(stranger, str(kind.label))
        expect(stranger.get_by_text("Any news of it?")).to_be_visible()
        if kind is AnswerKind.ETA:
            stranger.get_by_label("Expected at").fill(f"{now() + timedelta(days=2):%Y-%m-%dT%H:%M}")
        stranger.get_by_role("button", name=button, exact=True).click()
        expect(stranger.get_by_text(ARRIVED)).to_be_visible()
    proof = tmp_path / "pod.pdf"
    proof.write_bytes(b"%PDF-1.4\n%%EOF\n")
    open_from_outbox(stranger, str(AnswerKind.PROOF.label))
    stranger.get_by_label("Files").set_input_files([proof])
    stranger.get_by_role("button", name="Send the files").click()
    expect(stranger.get_by_text(ARRIVED)).to_be_visible()
    expect(stranger.locator("a.file", has_text="pod.pdf").first).to_be_visible()
    stranger.get_by_role("link", name="Write an answer").click()
    stranger.get_by_label("Your answer").fill("Anything else?")
    stranger.get_by_role("button", name="Send the answer").click()
    expect(stranger.get_by_text(ARRIVED)).to_be_visible()
    assert set(PartnerAnswer.objects.values_list("kind", flat=True)) == set(AnswerKind.values)


def test_a_second_press_and_a_second_visit_answer_once(stranger: Page, case: Case) -> None:
    open_from_outbox(stranger, "Accept")
    stranger.get_by_role("button", name="Accept", exact=True).dblclick()
    expect(stranger.get_by_text("by link of claims@tamarack.example").first).to_be_visible()
    open_from_outbox(stranger, "Accept")
    expect(stranger.get_by_text("by link of claims@tamarack.example").first).to_be_visible()
    assert PartnerAnswer.objects.count() == 1


def test_the_pages_are_for_everyone_and_fit(browser: Browser, live_server: Any, case: Case) -> None:
    context = browser.new_context(
        base_url=f"http://localhost:{live_server.thread.port}", reduced_motion="reduce"
    )
    page = context.new_page()
    paths = links()
    ended = paths[AnswerKind.ACCEPTED]
    for address in (*paths.values(), f"{ended}?said=1"):
        page.set_viewport_size({"width": 1440, "height": 900})
        page.goto(address)
        assert objections(page) == [], address
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (address, width)
    case.sides.update(sharing="listed")
    page.goto(ended)
    expect(page.get_by_text("There is nothing to answer here any more.")).to_be_visible()
    assert objections(page) == []
    context.close()
