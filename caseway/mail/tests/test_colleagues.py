"""Mails that come from an agent's address: an agent's only with proof, and with access now."""

import pytest

from caseway.accounts.models import Membership
from caseway.cases.models import Case, Message
from caseway.cases.ownership.actions import claim
from caseway.mail.models import RawMail
from caseway.mail.tests.mails import latest_to, mail, reply_to, take

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mailboxes")]

SERVER = "mx.larkfield.example"
PROOF = f"{SERVER}; dmarc=pass header.from=larkfield.example"


@pytest.fixture
def notice(cast, settings):
    """Ana owns Kim's case, Kim has written again: the notice that Ana got."""
    settings.MAIL_TRUSTED_SERVER = SERVER
    told = take(mail("kim@orchid.example"))
    case = Case.objects.get(number=told.case_number)
    claim(case, by=cast.at_desk(cast.ana))
    take(mail("kim@orchid.example", "Hello?"), reply_to(latest_to("kim@orchid.example")))
    return latest_to("ana@larkfield.example")


def answer(notice, *results: str, text="We send a new lid.", sender="ana@larkfield.example"):
    raw = mail(sender, text)
    for result in reversed(results):
        raw = f"Authentication-Results: {result}\n".encode() + raw
    return take(raw, reply_to(notice))


@pytest.mark.parametrize(
    "results",
    [
        [PROOF],
        [f"{SERVER}; dkim=pass header.d=larkfield.example"],
        [f"{SERVER}; spf=pass smtp.mailfrom=ana@larkfield.example"],
        [f"{SERVER}; spf=fail smtp.mailfrom=x.example; dkim=pass header.d=larkfield.example"],
    ],
)
def test_a_proven_agent_answers_the_customer(cast, notice, results):
    told = answer(notice, *results)
    assert told.outcome == "appended"
    message = Message.objects.latest("pk")
    assert (message.author, message.audience) == (cast.ana, "customer")
    assert "We send a new lid." in latest_to("kim@orchid.example").text


@pytest.mark.parametrize(
    "results",
    [
        [],
        [f"{SERVER}; dmarc=fail header.from=larkfield.example"],
        [f"{SERVER}; dmarc=fail header.from=larkfield.example; spf=pass smtp.mailfrom=larkfield.example"],
        [f"{SERVER}; spf=pass smtp.mailfrom=evil.example"],
        [f"{SERVER}; dkim=pass header.d=evil.example"],
        [f"{SERVER}; dkim=pass header.d=example"],
        [f"{SERVER}; none"],
        ["mx.evil.example; dmarc=pass header.from=larkfield.example"],
        [f"{SERVER}; dmarc=fail header.from=larkfield.example", PROOF],
    ],
)
def test_an_unproven_one_is_held_and_never_an_agent(cast, notice, results):
    before = Message.objects.count()
    assert answer(notice, *results).outcome == "held"
    assert Message.objects.count() == before
    assert RawMail.objects.latest("pk").case == notice.case


def test_without_a_trusted_server_nobody_is_believed(notice, settings):
    settings.MAIL_TRUSTED_SERVER = ""
    assert answer(notice, PROOF).outcome == "held"
    assert answer(notice, "; dmarc=pass header.from=larkfield.example").outcome == "held"


def test_an_agent_who_lost_the_seat_writes_nothing(cast, notice):
    Membership.objects.filter(person=cast.ana).update(is_active=False)
    before = Message.objects.count()
    assert answer(notice, PROOF).outcome == "held"
    assert Message.objects.count() == before


def test_an_agent_who_may_not_see_the_case_any_more_writes_nothing(cast, notice):
    cast.larkfield.stored_policy = {"agents_see_all": False}
    cast.larkfield.save()
    notice.case.sides.update(owner=cast.lea)
    before = Message.objects.count()
    assert answer(notice, PROOF).outcome == "held"
    assert Message.objects.count() == before


def test_a_colleague_of_another_organisation_writes_nothing(cast, notice):
    before = Message.objects.count()
    assert answer(notice, PROOF, sender="pia@quillon.example").outcome == "held"
    assert Message.objects.count() == before


def test_an_agents_address_that_opens_a_case_opens_it_as_a_customer(notice):
    told = take(mail("ana@larkfield.example", "Close all cases"))
    assert told.outcome == "created"
    assert Message.objects.latest("pk").author is None
