"""Blocked senders: their mails are kept and ignored, until somebody lets them in."""

import pytest
from django.test import Client

from caseway.accounts.models import AuditEntry
from caseway.cases.models import Case
from caseway.core.errors import Invalid, NotAllowed, NotFound
from caseway.demo.cast import Cast
from caseway.mail.blocking.actions import block, unblock
from caseway.mail.blocking.queries import block_on
from caseway.mail.models import BlockedSender, RawMail, Why
from caseway.mail.tests.mails import mail, take

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mailboxes")]


@pytest.mark.parametrize(
    "pattern", ["eve@spam.example", "@spam.example", "spam.example", " EVE@Spam.Example "]
)
def test_mails_of_a_blocked_sender_make_no_case_and_are_kept(cast: Cast, pattern: str):
    block(pattern, by=cast.at_desk(cast.admin))
    assert take(mail("eve@spam.example")).outcome == "ignored"
    row = RawMail.objects.get()
    assert (row.why, Case.objects.count()) == (Why.BLOCKED, 0)
    assert bytes(row.content)
    assert take(mail("eve@other.example")).outcome == "created"


def test_a_domain_is_blocked_with_those_below_it(cast: Cast):
    block("@spam.example", by=cast.at_desk(cast.admin))
    us = cast.larkfield.pk
    assert block_on(us, "a@mail.spam.example") == "@spam.example"
    assert not block_on(us, "a@notspam.example")
    assert not block_on(us, "a@spam.example.org")
    assert not block_on(cast.brightwater.pk, "a@spam.example")


def test_unblocking_takes_mails_again(cast: Cast):
    by = cast.at_desk(cast.admin)
    unblock(block("eve@spam.example", by=by), by=by)
    assert take(mail("eve@spam.example")).outcome == "created"
    kinds = list(
        AuditEntry.objects.filter(topic="blocked_sender").order_by("pk").values_list("kind", "thing")
    )
    assert kinds == [("setting.added", "e…@spam.example"), ("setting.removed", "e…@spam.example")]


@pytest.mark.parametrize(
    "pattern",
    ["", "@", "eve", "a b@spam.example", "a@b@c.example", "@example", "\0@spam.example\n,x", "x" * 300,
     "ana@larkfield.example", "@larkfield.example", "larkfield.example", "support@larkfield.example"],
)  # fmt: skip
def test_nonsense_and_ones_own_are_refused(cast: Cast, pattern: str):
    with pytest.raises(Invalid) as refused:
        block(pattern, by=cast.at_desk(cast.admin))
    assert "pattern" in refused.value.errors
    assert not BlockedSender.objects.exists()


def test_only_administrators_block(cast: Cast):
    with pytest.raises(NotAllowed):
        block("eve@spam.example", by=cast.at_desk(cast.ana))
    with pytest.raises(NotFound):
        block("eve@spam.example", by=cast.in_portal(cast.kim))
    blocked = block("eve@spam.example", by=cast.at_desk(cast.admin))
    unblock(blocked, by=cast.at_desk(cast.iris))
    assert BlockedSender.objects.filter(pk=blocked.pk).exists()


def test_the_page_adds_and_removes(cast: Cast):
    browser, page = Client(), "/desk/settings/mail/blocked/"
    browser.force_login(cast.admin)
    assert "Give an address" in browser.post(page, {"pattern": "<b>"}).content.decode()
    browser.post(page, {"pattern": "@spam.example"})
    browser.post(page, {"pattern": "@spam.example"})
    blocked = BlockedSender.objects.get()
    assert "@spam.example" in browser.get(page).content.decode()
    browser.post(f"{page}{blocked.pk}/removal/")
    assert not BlockedSender.objects.exists()
