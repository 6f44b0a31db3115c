"""Reminders by SMS: to whom, instead of what, and what they never say."""

from datetime import UTC, datetime, timedelta

import pytest

from caseway.accounts.models import Person
from caseway.cases.conversation.actions import post
from caseway.cases.conversation.writing import Content
from caseway.cases.models import Case, Side
from caseway.cases.partnering.actions import add_partner
from caseway.cases.tests.story import owned_by_ana, side_of
from caseway.cases.types import Audience
from caseway.core.clock import standing_at
from caseway.core.errors import Invalid
from caseway.demo.cast import Cast
from caseway.mail.models import Delivery
from caseway.notifications.models import ReminderRule, Sms
from caseway.notifications.reminding.actions import Written, add, change
from caseway.notifications.reminding.sending import remind_all_due

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
NUMBER = "+12025550123"
SECRETS = ("a note of ours", "for the record", "to the partner", "CRM-OF-BRIGHTWATER", "their subject")


def rule(cast: Cast, by: Person | None = None, **more: object) -> ReminderRule:
    given: dict[str, object] = {
        "name": "Soon", "moment": "before", "minutes": 60, "text": "Mail of {{case.number}}",
        "by_sms": True, "sms_text": "{{case.number}}: {{case.subject}}", **more,
    }  # fmt: skip
    return add(Written(**given), by=cast.at_desk(by or cast.admin))  # type: ignore[arg-type]


def reminded() -> tuple[list[str], list[str]]:
    """Whom mails reached, and whom SMS."""
    with standing_at(NOON - timedelta(minutes=30)):
        remind_all_due()
    mails = Delivery.objects.filter(purpose="reminder").order_by("address")
    return [mail.address for mail in mails], [
        sms.person.email for sms in Sms.objects.order_by("person__email")
    ]


@pytest.fixture
def case(cast: Cast) -> Case:
    Person.objects.filter(pk=cast.ana.pk).update(mobile=NUMBER)
    made = owned_by_ana(cast)
    Side.objects.filter(case=made).update(deadline=NOON)
    return made


def test_both_ways(cast: Cast, case: Case) -> None:
    rule(cast)
    assert reminded() == ([cast.ana.email], [cast.ana.email])
    sms = Sms.objects.get()
    assert sms.number == NUMBER
    assert sms.text.startswith(f"{case.number}: ")
    assert reminded() == ([cast.ana.email], [cast.ana.email]), "each once"


def test_by_sms_alone(cast: Cast, case: Case) -> None:
    rule(cast, by_mail=False, text="")
    assert reminded() == ([], [cast.ana.email])


def test_who_gave_no_number_is_mailed_what_the_sms_would_say(cast: Cast, case: Case) -> None:
    Person.objects.update(mobile="")
    rule(cast, by_mail=False, text="")
    assert reminded() == ([cast.ana.email], [])
    assert f"{case.number}: " in Delivery.objects.get(purpose="reminder").text


def test_without_a_provider_everybody_is_mailed(cast: Cast, case: Case, settings) -> None:
    rule(cast, by_mail=False, text="")
    settings.SENDS_SMS = False
    assert reminded() == ([cast.ana.email], [])


@pytest.mark.parametrize(
    ("field", "more"),
    [
        ("by_mail", {"by_mail": False, "by_sms": False}),
        ("sms_text", {"sms_text": ""}),
        ("sms_text", {"sms_text": "{{case.secret}}"}),
        ("sms_text", {"sms_text": "x" * 401}),
        ("text", {"text": ""}),
    ],
)
def test_what_is_wrong_is_said_at_its_field(cast: Cast, field: str, more: dict[str, object]) -> None:
    with pytest.raises(Invalid) as refused:
        rule(cast, None, **more)
    assert field in refused.value.errors


def test_without_a_provider_no_rule_begins_to_send_sms_but_an_old_one_may_stay(cast: Cast, settings) -> None:
    old = rule(cast)
    settings.SENDS_SMS = False
    with pytest.raises(Invalid) as refused:
        rule(cast, name="New")
    assert "CASEWAY_SMS_URL" in refused.value.errors["by_sms"]
    kept = Written(name="Soon", moment="before", minutes=90, text="Mail", by_sms=True, sms_text=old.sms_text)
    assert change(old, kept, by=cast.at_desk(cast.admin), version=None).by_sms


def test_it_says_nothing_that_its_reader_may_not_see(cast: Cast, case: Case) -> None:
    """Whatever variables are asked for, on a shared case: to each side its own, no private word of either."""
    ana, omar = cast.at_desk(cast.ana), cast.at_desk(cast.omar)
    add_partner(case, by=ana, partner=cast.brightwater, subject="their subject", text="to the partner")
    for audience, words in ((Audience.TEAM, SECRETS[0]), (Audience.RECORD, SECRETS[1])):
        post(case, by=ana, audience=audience, content=Content(words))
    theirs = side_of(case, cast.brightwater)
    Person.objects.filter(pk=cast.omar.pk).update(mobile="+12025550199")
    Side.objects.filter(pk=theirs.pk).update(owner=omar.person, deadline=NOON, crm_number=SECRETS[3])
    everything = (
        "{{case.subject}} {{case.crm_number}} {{customer.name}} {{customer.account}} {{partner.name}}"
    )
    for admin in (cast.admin, cast.iris):
        rule(cast, by=admin, by_mail=False, text="", sms_text=everything)
    reminded()
    texts = {sms.person_id: sms.text for sms in Sms.objects.all()}
    assert set(texts) == {cast.ana.pk, cast.omar.pk}
    assert not any(secret in texts[cast.ana.pk] for secret in SECRETS)
    assert "Brightwater Freight" in texts[cast.ana.pk]
    ours = side_of(case, cast.larkfield).subject
    for secret in (*SECRETS[:3], ours, "Kim Tran", "Orchid"):
        assert secret not in texts[cast.omar.pk]
    assert texts[cast.omar.pk].startswith("their subject CRM-OF-BRIGHTWATER")
