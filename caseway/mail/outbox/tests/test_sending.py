"""Claims, refusals, outages: what becomes of a delivery."""

from datetime import timedelta

import pytest
from django.db.models.functions import Now

from caseway.core.clock import now
from caseway.mail.models import Delivery
from caseway.mail.outbox import claims
from caseway.mail.outbox.sending import GIVEN_UP_AFTER, PAUSES, Sender
from caseway.mail.outbox.smtp import Refused, Unreachable

from .letters import letter

pytestmark = pytest.mark.django_db
State = Delivery.State


class Relay:
    """Takes mails, or answers as it is told."""

    name = "relay.example"
    keeps_no_copy = True

    def __init__(self) -> None:
        self.taken: list[Delivery] = []
        self.answers: dict[str, Exception] = {}
        self.is_down = False
        self.tries = 0

    def ready(self) -> None:
        self.tries += 1
        if self.is_down:
            raise Unreachable("connection refused")

    def carry(self, delivery: Delivery) -> None:
        if answer := self.answers.get(delivery.address):
            raise answer
        self.taken.append(delivery)

    def close(self) -> None:
        pass


@pytest.fixture
def relay():
    return Relay()


@pytest.fixture
def sender(relay):
    return Sender(relay)


def again(delivery: Delivery) -> Delivery:
    delivery.refresh_from_db()
    return delivery


def test_a_mail_is_sent_once(sender, relay):
    mail = letter()
    assert sender.send(mail.pk)
    assert not sender.send(mail.pk)
    assert relay.taken == [mail]
    assert (again(mail).state, mail.sent_via) == (State.SENT, "relay.example")
    assert mail.sent_at


def test_a_claimed_mail_is_nobody_elses(sender, relay):
    mail = letter()
    assert claims.claim(mail.pk)
    assert claims.claim(mail.pk) is None
    assert not sender.send(mail.pk)
    assert sender.drain(1) == 0
    assert claims.free_abandoned() == 0


def test_an_abandoned_claim_is_free_after_its_lease(sender, relay):
    mail = letter()
    mine = claims.claim(mail.pk)
    assert mine is not None
    Delivery.objects.update(claimed_at=Now() - claims.LEASE + timedelta(seconds=2))
    assert claims.free_abandoned() == 0
    Delivery.objects.update(claimed_at=Now() - claims.LEASE - timedelta(seconds=1))
    assert claims.free_abandoned() == 1
    assert sender.send(mail.pk)
    assert not claims.finish(mine, state=State.DUE), "who lost the claim changes nothing"
    assert again(mail).state == State.SENT


def test_a_permanent_refusal_fails_and_says_why(sender, relay):
    mail = letter()
    relay.answers[mail.address] = Refused(550, "5.1.1 no such user")
    assert sender.send(mail.pk)
    assert again(mail).state == State.FAILED
    assert mail.last_error == "550 5.1.1 no such user"
    assert sender.drain(1) == 0


def test_a_temporary_refusal_is_tried_later_and_later(sender, relay):
    mail = letter()
    relay.answers[mail.address] = Refused(451, "greylisted")
    waits = []
    for _ in range(3):
        assert sender.send(mail.pk)
        assert again(mail).state == State.DUE
        waits.append(round((mail.next_try_at - now()).total_seconds() / 60))
        assert not sender.send(mail.pk), "not before its time"
        Delivery.objects.update(next_try_at=Now())
    assert waits == list(PAUSES[:3])
    relay.answers.clear()
    assert sender.send(mail.pk)
    assert again(mail).state == State.SENT
    assert mail.last_error == ""


def test_it_is_given_up_after_days(sender, relay):
    mail = letter()
    relay.answers[mail.address] = Refused(451, "later")
    Delivery.objects.update(written_at=now() - GIVEN_UP_AFTER - timedelta(hours=1))
    sender.send(mail.pk)
    assert again(mail).state == State.FAILED


def test_a_mail_that_cannot_be_made_is_parked_and_the_others_go(sender, relay):
    poison, fine = letter("poison@x.example"), letter("fine@x.example")
    relay.answers[poison.address] = KeyError("defect")
    for _ in range(len(PAUSES) + 1):
        sender.drain(1)
        Delivery.objects.filter(state=State.DUE).update(next_try_at=Now())
    assert again(fine).state == State.SENT
    assert again(poison).state == State.FAILED


def test_an_outage_costs_no_try_and_makes_no_storm(sender, relay, monkeypatch):
    mails = [letter(f"reader{n}@x.example") for n in range(20)]
    relay.is_down = True
    for mail in mails:
        sender.send(mail.pk)
    sender.drain(1)
    assert relay.tries == 1, "one knock, not one for each mail"
    assert {again(mail).attempts for mail in mails} == {0}
    relay.is_down = False
    assert sender.drain(5) == 0, "it rests for a while"
    monkeypatch.setattr(sender, "_rests_until", 0.0)
    assert sender.drain(5) == 20
    assert [mail.pk for mail in relay.taken] == [mail.pk for mail in mails], "in the order they were written"


def test_a_connection_lost_in_the_middle_keeps_the_mail(sender, relay, monkeypatch):
    mail = letter()
    relay.answers[mail.address] = Unreachable("reset")
    assert not sender.send(mail.pk)
    assert (again(mail).state, mail.attempts) == (State.DUE, 0)
    assert "reset" in mail.last_error
    assert sender.is_resting


def test_a_thread_arrives_in_order(cast, sender, relay):
    from caseway.cases.creation.actions import create
    from caseway.cases.creation.fields import NewCase

    case = create(NewCase(subject="x", description="y"), by=cast.at_desk(cast.ana))
    first, second = letter(case=case), letter(case=case)
    other = letter("jo@orchid.example", case=case)
    relay.answers[first.address] = Refused(451, "later")
    sender.drain(1)
    assert relay.taken == [other]
    relay.answers.clear()
    Delivery.objects.filter(pk=first.pk).update(next_try_at=Now())
    sender.drain(1)
    assert relay.taken == [other, first, second]


def test_a_failed_mail_does_not_hold_up_its_thread(cast, sender, relay):
    from caseway.cases.creation.actions import create
    from caseway.cases.creation.fields import NewCase

    case = create(NewCase(subject="x", description="y"), by=cast.at_desk(cast.ana))
    first = letter(case=case)
    relay.answers[first.address] = Refused(550, "never")
    sender.drain(1)
    relay.answers.clear()
    second = letter(case=case)
    sender.drain(1)
    assert relay.taken == [second]


def test_a_password_link_is_forgotten_once_it_is_sent(sender):
    mail = letter(text="https://x.example/reset/secret", purpose=Delivery.Purpose.ACCOUNT)
    sender.send(mail.pk)
    assert (again(mail).state, mail.text, mail.html) == (State.SENT, "", "")


def test_without_a_mail_server_mails_stay_and_count_as_sent(settings):
    settings.MAIL_RELAY = None
    mail = letter(text="https://x.example/reset/secret", purpose=Delivery.Purpose.ACCOUNT)
    Sender().send(mail.pk)
    assert (again(mail).state, mail.sent_via) == (State.SENT, "outbox")
    assert "secret" in mail.text
