"""The pages of mails that came in are for everyone: axe, contrast, the narrowest phone, keys."""

from playwright.sync_api import expect

from caseway.demo.cast import Cast
from caseway.mail.models import AddressState, BlockedSender, ImapAccount, Mailbox, RawMail, Trouble, Why
from tests.everyone import objections

from .conftest import Window

LONG = "a-name-of-a-person-who-has-very-many-names@a-house-with-a-very-long-name.orchid.example"


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
