"""The pages of mails that came in are for everyone: axe, contrast, the narrowest phone, keys."""

from playwright.sync_api import expect

from caseway.accounts.models import Organisation
from caseway.demo.cast import Cast
from caseway.mail.answering.tests.scenes import asked
from caseway.mail.models import (
    AddressState,
    BlockedSender,
    Delivery,
    ImapAccount,
    Mailbox,
    RawMail,
    Trouble,
    Why,
)
from tests.everyone import objections

from .conftest import Window

LONG = "a-name-of-a-person-who-has-very-many-names@a-house-with-a-very-long-name.orchid.example"
TITLE = "A title that takes more than one line of a phone, and stands beside buttons with long words on them"
CARRIER = "Northwestern Overland and Intermodal Freight Forwarding Cooperative"
CUT_OFF = """root => [root, ...root.querySelectorAll("*")]
    .filter((one) => one.offsetWidth > 1 && getComputedStyle(one).overflowX !== "visible"
        && one.scrollWidth > one.clientWidth + 1)
    .map((one) => one.outerHTML.slice(0, 120))"""


def some_mails(people: Cast) -> RawMail:
    """Mails of every outcome, a mailbox that can't be read, somebody blocked, somebody unreachable."""
    us = people.larkfield
    box = Mailbox.objects.get_or_create(address="support@larkfield.example", organisation=us)[0]
    ImapAccount.objects.create(
        mailbox=box, host="imap.larkfield.example", port=993, trouble=Trouble.UNKNOWN_HOST
    )
    BlockedSender.objects.create(organisation=us, pattern=f"@{LONG.partition('@')[2]}", blocked_by=people.lea)
    for address, is_permanent in ((LONG, True), ("full@orchid.example", False)):
        AddressState.objects.create(
            organisation=us, address=address, is_permanent=is_permanent, soft_bounces=2, diagnostic="x" * 90
        )
    whys = {
        RawMail.State.HELD: Why.REPLIES_ONLY,
        RawMail.State.REJECTED: Why.FAILED,
        RawMail.State.IGNORED: Why.AUTOMATIC,
    }
    content = (
        b"From: max@fernwood.example\r\nX-Long: " + b"x" * 300 + b"\r\n\r\nWhere is it?\r\n" + b"y" * 300
    )
    for state in RawMail.State:
        RawMail.objects.create(
            organisation=us, mailbox=box, recipients=[box.address], content=content, size=len(content),
            content_hash=state, state=state, why=whys.get(state, ""), sender=LONG, sender_name="Max Hale",
            subject="A subject that takes more than one line of a phone, since it says all that there is",
        )  # fmt: skip
    return RawMail.objects.get(state=RawMail.State.HELD)


def test_they_are_for_everyone(window: Window, people: Cast) -> None:
    held = some_mails(people)
    page = window(people.admin, 320, bypass_csp=True)
    for place in (
        "",
        "?outcome=rejected",
        "?sender=nobody",
        f"{held.pk}/",
        f"{held.pk}/source/",
        "blocked/",
        "addresses/",
    ):
        page.goto(f"/desk/settings/mail/{place}")
        assert objections(page) == [], place
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, place


def test_a_held_mail_is_found_and_accepted_by_keys(window: Window, people: Cast) -> None:
    some_mails(people)
    page = window(people.admin)
    page.goto("/desk/settings/mail/")
    page.get_by_role("link", name="Held for approval").press("Enter")
    expect(page.locator(".maillist > li")).to_have_count(1)
    page.locator(".maillist a.what").press("Enter")
    expect(page.get_by_text("Where is it?")).to_be_visible()
    page.get_by_role("button", name="Accept").press("Enter")
    expect(page.get_by_text("The mail is on case CV")).to_be_visible()
    expect(page.get_by_role("button", name="Accept")).to_have_count(0)


def test_on_a_phone_a_case_tells_its_mails_and_readers_in_full(window: Window, people: Cast) -> None:
    Organisation.objects.filter(pk=people.tamarack.pk).update(name=CARRIER)
    case = asked(people, partner_subject=TITLE)
    Delivery.objects.filter(case=case, audience="partner").update(
        state=Delivery.State.BOUNCED, attempts=1, last_error=f"550 5.1.1 <{LONG}>: no such user here"
    )
    RawMail.objects.create(
        organisation=people.larkfield, recipients=["support@larkfield.example"], size=15,
        content=b"From: x\r\n\r\nHere", content_hash="x", state=RawMail.State.HELD, why=Why.REPLIES_ONLY,
        sender=LONG, sender_name="Maria Fernanda", subject=TITLE, preview="Nobody signed.", case=case,
        audience="partner",
    )  # fmt: skip
    page = window(people.admin, 320, bypass_csp=True)
    page.goto(f"/desk/cases/{case.number}")
    page.keyboard.press("p")
    for what in (".heldmail", ".mailed.bad", ".composer", ".casetitle"):
        assert page.locator(what).first.evaluate(CUT_OFF) == [], what
    assert objections(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.get_by_role("button", name="Accept and remember the sender").press("Enter")
    expect(page.locator(".heldmail")).to_have_count(0)
    expect(page.locator("#composer-text")).to_be_visible()
