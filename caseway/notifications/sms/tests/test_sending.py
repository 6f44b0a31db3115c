"""From the row to the provider: once, later, never, and what is known of it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction

from caseway.accounts.models import Person
from caseway.cases.models import Side
from caseway.core.clock import now
from caseway.demo.cast import Cast
from caseway.notifications.models import Sms, Trouble
from caseway.notifications.sms import claims
from caseway.notifications.sms.actions import MOST_IN_AN_HOUR, forget_old_sms, write_sms
from caseway.notifications.sms.confirming import confirm
from caseway.notifications.sms.sending import Sender

from .server import Exchange, failing, hanging_up, taking_and

Write = Callable[..., Sms]
State = Sms.State


def again(sms: Sms) -> Sms:
    """The SMS as stored, its pause over."""
    Sms.objects.filter(pk=sms.pk).update(next_try_at=now() - timedelta(seconds=5))
    sms.refresh_from_db()
    return sms


def state(sms: Sms) -> str:
    sms.refresh_from_db()
    return sms.state


def test_it_is_sent_once_with_the_address_of_the_case(sender: Sender, provider: Exchange, written: Write):
    sms = written("Look at “it”")
    assert sender.send(sms.pk)
    assert not sender.send(sms.pk)
    [taken] = provider.messages
    assert taken["to"] == "+12025550123"
    assert taken["body"].startswith('Look at "it"\nhttp')
    assert taken["body"].endswith(f"/desk/cases/{sms.case.number}")
    assert (state(sms), sms.provider_id, sms.attempts) == (State.SENT, taken["sid"], 1)


def test_what_is_undone_is_never_sent(cast: Cast, side: Side, sender: Sender, provider: Exchange) -> None:
    with transaction.atomic():
        write_sms(side, cast.ana, "x", purpose=Sms.Purpose.URGE)
        transaction.set_rollback(True)
    assert sender.drain(5) == 0
    assert not provider.requests


def test_what_the_provider_refuses_is_failed_for_good(sender: Sender, provider: Exchange, written: Write):
    sms = written(number="+15005550009")
    assert sender.send(sms.pk)
    assert (state(sms), sms.trouble) == (State.FAILED, Trouble.NUMBER)
    assert "21614" in sms.last_error
    assert not sender.send(sms.pk)
    assert provider.posts() == 1


def test_without_an_answer_it_is_tried_later(sender: Sender, provider: Exchange, written: Write) -> None:
    sms = written()
    provider.moods.append(failing(500))
    sender.send(sms.pk)
    assert (state(sms), sms.in_doubt) == (State.DUE, True)
    assert not sender.send(sms.pk), "its pause isn't over"
    sender.send(again(sms).pk)
    assert state(sms) == State.SENT
    assert len(provider.messages) == 1


@pytest.mark.parametrize("end", [failing(500), hanging_up])
def test_what_was_taken_without_an_answer_is_not_sent_again(
    sender: Sender, provider: Exchange, written: Write, end
) -> None:
    sms = written()
    provider.moods.append(taking_and(end))
    sender.send(sms.pk)
    assert state(sms) == State.DUE
    sender.send(again(sms).pk)
    assert (state(sms), sms.provider_id) == (State.SENT, provider.messages[0]["sid"])
    assert len(provider.messages) == 1


def test_of_two_with_the_same_words_each_is_sent(sender: Sender, provider: Exchange, written: Write) -> None:
    first, second = written(), written()
    assert first.text == second.text
    sender.send(first.pk)
    provider.moods.append(hanging_up)
    sender.send(second.pk)
    sender.send(again(second).pk)
    assert [state(first), state(second)] == [State.SENT, State.SENT]
    assert len({one["sid"] for one in provider.messages}) == 2


def test_what_a_dead_worker_left_is_asked_for_first(
    sender: Sender, provider: Exchange, written: Write
) -> None:
    sms = written()
    mine = claims.claim(sms.pk)
    assert mine is not None
    assert claims.free_abandoned() == 0, "its worker may live"
    sender.provider.send(mine.number, mine.text)
    Sms.objects.update(claimed_at=now() - claims.LEASE - timedelta(seconds=1))
    assert claims.free_abandoned() == 1
    sender.send(sms.pk)
    assert state(sms) == State.SENT
    assert len(provider.messages) == 1


def test_nobody_sends_what_another_worker_has(sender: Sender, provider: Exchange, written: Write) -> None:
    sms = written()
    assert claims.claim(sms.pk) is not None
    assert not sender.send(sms.pk)
    assert sender.drain(5) == 0
    assert not provider.requests


def test_out_of_reach_nothing_is_lost_and_nobody_is_asked_a_thousand_times(
    sender: Sender, provider: Exchange, written: Write
) -> None:
    first, second = written(), written()
    provider.moods.append(failing(401, 20003))
    assert not sender.send(first.pk)
    assert not sender.send(second.pk)
    assert len(provider.requests) == 1
    assert (state(first), first.attempts, first.in_doubt) == (State.DUE, 0, False)
    assert "CASEWAY_SMS_URL" in first.last_error


def test_it_goes_on_when_the_provider_is_back(sender: Sender, provider: Exchange, written: Write) -> None:
    sms = written()
    provider.moods.append(failing(429, 20429, Retry_After="0"))
    sender.send(sms.pk)
    assert sender.drain(5) == 1
    assert state(sms) == State.SENT


def test_a_number_that_was_taken_away_gets_nothing(
    cast: Cast, sender: Sender, provider: Exchange, written: Write
) -> None:
    sms = written()
    Person.objects.filter(pk=cast.ana.pk).update(mobile="")
    sender.send(sms.pk)
    assert (state(sms), sms.trouble) == (State.FAILED, Trouble.REMOVED)
    assert not provider.requests


def test_a_day_late_it_is_given_up(written: Write) -> None:
    sms = written()
    assert claims.give_up_late() == 0
    Sms.objects.update(written_at=now() - claims.GIVEN_UP_AFTER - timedelta(minutes=1))
    assert claims.give_up_late() == 1
    assert (state(sms), sms.trouble) == (State.FAILED, Trouble.LATE)


def test_tries_come_to_an_end(sender: Sender, provider: Exchange, written: Write) -> None:
    sms = written()
    for _ in range(20):
        provider.moods.append(failing(500))
        sender.send(again(sms).pk)
    assert (state(sms), sms.trouble) == (State.FAILED, Trouble.LATE)


def test_a_defect_of_ours_ends_too(sender: Sender, written: Write, monkeypatch) -> None:
    sms = written()
    monkeypatch.setattr(sender.provider, "send", lambda *_: 1 / 0)
    assert sender.send(sms.pk)
    assert (state(sms), sms.in_doubt, sms.last_error) == (State.DUE, True, "ZeroDivisionError")


@pytest.mark.parametrize(
    ("status", "code", "became", "trouble"),
    [
        ("delivered", None, State.DELIVERED, ""),
        ("undelivered", 30005, State.FAILED, Trouble.NUMBER),
        ("sent", None, State.SENT, ""),
    ],
)
def test_whether_it_arrived_is_asked(
    sender: Sender, provider: Exchange, written: Write, status, code, became, trouble
) -> None:
    sms = written()
    sender.send(sms.pk)
    provider.messages[0].update(status=status, error_code=code)
    assert confirm(sender.provider) == 0, "a minute first"
    Sms.objects.update(sent_at=now() - timedelta(minutes=2))
    assert confirm(sender.provider) == 0
    again(sms)
    confirm(sender.provider)
    assert (state(sms), sms.trouble) == (became, trouble)
    asked = len(provider.requests)
    confirm(sender.provider)
    assert len(provider.requests) == asked, "settled, or asked again after twice its age"


def test_nobody_gets_more_than_twenty_an_hour(cast: Cast, side: Side) -> None:
    wrote = [write_sms(side, cast.ana, "x", purpose=Sms.Purpose.REMINDER) for _ in range(MOST_IN_AN_HOUR + 2)]
    assert sum(sms is not None for sms in wrote) == MOST_IN_AN_HOUR


def test_without_a_provider_none_is_written(cast: Cast, side: Side, settings) -> None:
    settings.SENDS_SMS = False
    assert write_sms(side, cast.ana, "x", purpose=Sms.Purpose.URGE) is None


def test_old_ones_are_forgotten(written: Write) -> None:
    sms = written()
    assert forget_old_sms() == 0
    Sms.objects.update(written_at=now() - timedelta(days=91))
    assert forget_old_sms() == 1
    assert not Sms.objects.filter(pk=sms.pk).exists()
