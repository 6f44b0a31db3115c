"""Automatic replies, bounces, loops, floods: no answers, no new cases, nothing reopened."""

import pytest

from caseway.cases.conversation.actions import post
from caseway.cases.conversation.writing import Content
from caseway.cases.models import Case
from caseway.cases.types import Audience
from caseway.core.errors import Conflict, NotFound
from caseway.mail.incoming import senders
from caseway.mail.incoming.held import admit
from caseway.mail.incoming.queries import held_on
from caseway.mail.models import AddressState, Delivery, RawMail
from caseway.mail.outbox.actions import send_again
from caseway.mail.outbox.mime import as_message, envelope_sender
from caseway.mail.outbox.queries import deliveries_of
from caseway.mail.tests.mails import SUPPORT, latest_to, mail, mails_to, reply_to, take

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mailboxes")]


def report(about: Delivery, *, action="failed", status="5.1.1", message_id: str | None = None) -> bytes:
    """A delivery report (RFC 3464) as a mail server sends it."""
    return f"""\
From: MAILER-DAEMON@mx.orchid.example
To: {envelope_sender(about)}
Subject: Undelivered Mail Returned to Sender
Message-ID: <{status}.{about.pk}.{action}@mx.orchid.example>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

Sorry.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.orchid.example

Final-Recipient: rfc822; {about.address}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} no such user

--b
Content-Type: message/rfc822

Message-ID: {message_id or about.header_id}
Subject: x

--b--
""".replace("\n", "\r\n").encode()


@pytest.fixture
def answered(cast):
    """Kim's case, by mail; Ana has answered. The answer that Kim got."""
    told = take(mail("Kim Tran <kim@orchid.example>"))
    case = Case.objects.get(number=told.case_number)
    post(case, by=cast.at_desk(cast.ana), audience=Audience.CUSTOMER, content=Content("Which lid?"))
    return latest_to("kim@orchid.example")


def sent(delivery: Delivery) -> Delivery:
    Delivery.objects.filter(pk=delivery.pk).update(state=Delivery.State.SENT)
    return delivery


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto-Submitted": "auto-replied"},
        {"Auto-Submitted": "auto-generated", "In-Reply-To": "<x@other.example>"},
        {"X-Autoreply": "yes"},
        {"X-Autorespond": "x"},
        {"Precedence": "auto_reply"},
        {"Return-Path": "<>"},
        {"Subject": "Out of office: back on Monday"},
        {"From": "MAILER-DAEMON@mx.orchid.example"},
    ],
)
def test_automatic_replies_to_nothing_make_no_case(headers):
    raw = mail("kim@orchid.example")
    for name, value in headers.items():
        raw = b"\n".join(
            line for line in raw.split(b"\n") if not line.lower().startswith(name.lower().encode() + b":")
        )
        raw = f"{name}: {value}\n".encode() + raw
    assert take(raw).outcome == "ignored"
    assert Case.objects.count() == 0
    assert Delivery.objects.count() == 0
    assert RawMail.objects.get().reason


@pytest.mark.parametrize(
    "headers",
    [{"List-Id": "<tickets.x.example>"}, {"Precedence": "bulk"}, {"Auto-Submitted": "auto-generated"}],
)
def test_lists_and_alerts_make_a_case_and_get_no_answer(headers):
    assert take(mail("alerts@carrier.example", headers=headers)).outcome == "created"
    assert Delivery.objects.count() == 0


@pytest.mark.parametrize(
    "sender", ["support@larkfield.example", "cases@brightwater.example", "support+c.abc@larkfield.example"]
)
def test_mail_from_our_own_addresses_never_makes_a_case(sender):
    assert take(mail(sender)).outcome == "ignored"
    assert Case.objects.count() == 0


def test_our_own_mails_say_that_machines_must_not_answer(answered):
    confirmation = as_message(Delivery.objects.order_by("pk")[:1].get())
    assert confirmation["Auto-Submitted"] == "auto-generated"
    assert confirmation["X-Auto-Response-Suppress"] == "All"
    assert as_message(answered)["Auto-Submitted"] is None


def test_a_bounce_marks_its_delivery_and_the_address(cast, answered):
    told = take(report(sent(answered)), envelope_sender(answered))
    assert (told.outcome, told.case_number) == ("ignored", answered.case.number)
    answered.refresh_from_db()
    assert answered.state == Delivery.State.BOUNCED
    assert "no such user" in answered.last_error
    assert AddressState.objects.get().address == "kim@orchid.example"
    assert deliveries_of([answered.message], cast.at_desk(cast.ana))[answered.message_id] == [answered]
    assert Case.objects.count() == 1


def test_a_bounce_to_the_mailbox_is_known_by_the_message_id(answered):
    take(report(sent(answered)))
    answered.refresh_from_db()
    assert answered.state == Delivery.State.BOUNCED


def test_a_delay_marks_nothing(answered):
    take(report(sent(answered), action="delayed", status="4.4.1"), envelope_sender(answered))
    answered.refresh_from_db()
    assert answered.state == Delivery.State.SENT
    assert not AddressState.objects.exists()


def test_a_forged_bounce_marks_nothing(answered):
    raw = report(sent(answered), message_id="<guess@caseway.example>")
    take(raw.replace(envelope_sender(answered).encode(), SUPPORT.encode()))
    answered.refresh_from_db()
    assert answered.state == Delivery.State.SENT
    assert not AddressState.objects.exists()


def test_notices_spare_an_address_that_bounced_until_it_writes(cast, answered):
    take(report(sent(answered)), envelope_sender(answered))
    AddressState.objects.update_or_create(
        organisation=cast.larkfield, address="jo@orchid.example", defaults={"is_permanent": True}
    )
    from caseway.cases.creation.actions import create
    from caseway.cases.creation.fields import NewCase

    new = NewCase(subject="By phone", description="x", contact=cast.contact(cast.jo).pk)
    create(new, by=cast.at_desk(cast.ana))
    assert mails_to("jo@orchid.example") == 0
    take(mail("jo@orchid.example"))
    assert mails_to("jo@orchid.example") == 1


def test_an_agent_sends_a_failed_mail_again_as_the_same_mail(cast, answered):
    ana = cast.at_desk(cast.ana)
    with pytest.raises(Conflict):
        send_again(answered, by=ana)
    take(report(sent(answered)), envelope_sender(answered))
    with pytest.raises(NotFound):
        send_again(answered, by=cast.at_desk(cast.pia))
    with pytest.raises(NotFound):
        send_again(answered, by=cast.in_portal(cast.kim))
    again = send_again(answered, by=ana)
    assert (again.state, again.header_id) == (Delivery.State.DUE, answered.header_id)
    with pytest.raises(Conflict):
        send_again(answered, by=ana)


def test_a_flood_of_one_sender_is_held(monkeypatch):
    monkeypatch.setattr(senders, "MOST_PER_HOUR", 3)
    outcomes = [take(mail("kim@orchid.example", f"Mail {n}")).outcome for n in range(5)]
    assert outcomes == ["created"] * 3 + ["held"] * 2
    assert take(mail("jo@orchid.example")).outcome == "created"


def test_two_help_desks_stop_talking_to_each_other(answered):
    """Another desk answers each of our mails with a new number; its answers never get one of ours."""
    before = Delivery.objects.count()
    for number in range(5):
        headers = {"Auto-Submitted": "auto-replied", "In-Reply-To": answered.header_id}
        take(mail("kim@orchid.example", f"Your ticket {number} was opened", headers=headers))
    assert Delivery.objects.count() == before
    assert Case.objects.count() == 1


OTHER_DESK = "desk@other.example"


@pytest.mark.parametrize("keeps_the_address", [True, False])
def test_two_desks_that_answer_each_other_stop_after_a_few_though_no_header_tells(keeps_the_address):
    """The other desk answers each mail of ours at once, and what would tell so is stripped on the way."""
    take(mail(OTHER_DESK, "Where is it?"))
    answered: set[int] = set()
    for _round in range(40):
        news = Delivery.objects.filter(address=OTHER_DESK).exclude(pk__in=answered)
        for delivery in news:
            answered.add(delivery.pk)
            words = f"Thank you for your mail no. {len(answered)}. We will get back to you."
            take(mail(OTHER_DESK, words), reply_to(delivery) if keeps_the_address else SUPPORT)
        if not news:
            break
    assert not Delivery.objects.filter(address=OTHER_DESK).exclude(pk__in=answered).exists(), "still going on"
    assert Case.objects.count() == (1 if keeps_the_address else 6)
    assert RawMail.objects.count() <= 7


def test_a_flood_on_one_case_is_held_there_and_can_be_let_in(cast, answered, monkeypatch):
    monkeypatch.setattr(senders, "MOST_PER_HOUR_AND_CASE", 3)
    address = reply_to(answered)
    outcomes = [take(mail("kim@orchid.example", f"Mail {n}"), address).outcome for n in range(5)]
    assert outcomes == ["appended"] * 2 + ["held"] * 3, "the first of three made the case"
    held = held_on(answered.case, cast.at_desk(cast.ana))
    assert {mail.why for mail in held} == {"too_many"}
    admit(held[0], by=cast.at_desk(cast.ana))
    assert held_on(answered.case, cast.at_desk(cast.ana)).count() == 2
    assert take(mail("kim@orchid.example", "Another matter")).outcome == "created"
