"""Twilio's contract, spoken with a real server: what each answer, silence and lie means."""

from dataclasses import replace
from datetime import timedelta

import pytest

from caseway.core.clock import now
from caseway.notifications.models import Trouble
from caseway.notifications.sms import http
from caseway.notifications.sms.provider import Fate, Refused, Unreachable, Unsure
from caseway.notifications.sms.twilio import Twilio
from tests.ports import free_port

from .server import (
    ACCOUNT,
    SENDER,
    Exchange,
    dripping,
    failing,
    half_an_answer,
    hanging_up,
    saying,
    sleeping,
)

NUMBER = "+12025550123"


def test_a_message_is_made_as_its_documentation_says(provider: Exchange) -> None:
    key = Twilio(provider.account).send(NUMBER, "Grüße & mehr = 100 %")
    [(method, path, form)] = provider.requests
    assert (method, path) == ("POST", f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json")
    assert form == {"To": NUMBER, "From": SENDER, "Body": "Grüße & mehr = 100 %"}
    assert key == provider.messages[0]["sid"]


def test_a_messaging_service_is_named_as_one(provider: Exchange) -> None:
    service = "MG" + "0" * 32
    Twilio(replace(provider.account, sender=service)).send(NUMBER, "x")
    assert provider.requests[0][2] == {"To": NUMBER, "MessagingServiceSid": service, "Body": "x"}


@pytest.mark.parametrize(
    ("number", "trouble"),
    [
        ("+15005550001", Trouble.NUMBER),
        ("+15005550009", Trouble.NUMBER),
        ("+15005550004", Trouble.STOPPED),
        ("+15005550002", Trouble.REFUSED),
        ("+15005550003", Trouble.REFUSED),
    ],
)
def test_what_never_goes_is_refused_and_why_is_known(
    provider: Exchange, number: str, trouble: Trouble
) -> None:
    with pytest.raises(Refused) as refused:
        Twilio(provider.account).send(number, "x")
    assert refused.value.trouble is trouble
    assert number not in str(refused.value)


@pytest.mark.parametrize(
    ("mood", "meaning"),
    [
        (failing(401, 20003), Unreachable),
        (failing(403, 20005), Unreachable),
        (failing(404, 20404), Unreachable),
        (failing(400, 21212), Unreachable),
        (failing(400, 21606), Unreachable),
        (failing(429, 20429), Unreachable),
        (saying(302, {}, Location="http://127.0.0.1:9/"), Unreachable),
        (saying(400, b"<html>"), Unreachable),
        (failing(500, 20500), Unsure),
        (failing(503), Unsure),
        (saying(201, b"not JSON"), Unsure),
        (saying(201, [1]), Unsure),
        (saying(201, {"sid": None}), Unsure),
        (saying(201, {"sid": "../../x"}), Unsure),
        (hanging_up, Unsure),
        (half_an_answer, Unsure),
    ],
)
def test_what_else_goes_wrong_is_only_for_now(provider: Exchange, mood, meaning: type[Exception]) -> None:
    provider.moods.append(mood)
    with pytest.raises(meaning) as error:
        Twilio(provider.account).send(NUMBER, "a secret")
    assert NUMBER not in str(error.value)
    assert len(provider.requests) == 1, "it is tried again by us, later"


@pytest.mark.parametrize("mood", [sleeping(1), dripping])
def test_no_answer_is_waited_for_for_ever(provider: Exchange, mood, monkeypatch) -> None:
    monkeypatch.setattr(http, "READ_SECONDS", 0.3)
    provider.moods.append(mood)
    with pytest.raises(Unsure):
        Twilio(provider.account).send(NUMBER, "x")


def test_where_nobody_listens_nothing_was_said(provider: Exchange) -> None:
    silent = replace(provider.account, base=f"http://127.0.0.1:{free_port()}")
    with pytest.raises(Unreachable):
        Twilio(silent).send(NUMBER, "x")


@pytest.mark.parametrize(("header", "rest"), [("7", 7.0), ("999999", 300.0), ("soon", None), ("-1", None)])
def test_it_rests_as_long_as_the_provider_asks(provider: Exchange, header: str, rest: float | None) -> None:
    provider.moods.append(failing(429, 20429, Retry_After=header))
    with pytest.raises(Unreachable) as told:
        Twilio(provider.account).send(NUMBER, "x")
    assert told.value.rest == rest


def test_what_was_taken_is_found_again(provider: Exchange) -> None:
    twilio, began = Twilio(provider.account), now()
    first = twilio.send(NUMBER, "the same words")
    second = twilio.send(NUMBER, "the same words")
    twilio.send("+12025550124", "the same words")
    found = twilio.taken(NUMBER, "the same words", since=began, but=())
    assert found == second
    assert twilio.taken(NUMBER, "the same words", since=began, but={second}) == first
    assert twilio.taken(NUMBER, "the same words", since=began, but={first, second}) == ""
    assert twilio.taken(NUMBER, "other words", since=began, but=()) == ""
    assert twilio.taken(NUMBER, "the same words", since=began + timedelta(hours=1), but=()) == ""


def test_words_that_a_trial_account_puts_before_ours_do_not_hide_it(provider: Exchange) -> None:
    twilio, began = Twilio(provider.account), now()
    key = twilio.send(NUMBER, "ours")
    provider.messages[0]["body"] = "Sent from your Twilio trial account - ours"
    assert twilio.taken(NUMBER, "ours", since=began, but=()) == key


@pytest.mark.parametrize(
    ("status", "code", "fate"),
    [
        ("queued", None, Fate()),
        ("sent", None, Fate()),
        ("delivered", None, Fate(arrived=True)),
        ("read", None, Fate(arrived=True)),
        ("undelivered", 30003, Fate(trouble=Trouble.UNREACHED, said="undelivered 30003")),
        ("undelivered", 30006, Fate(trouble=Trouble.NUMBER, said="undelivered 30006")),
        ("failed", 30004, Fate(trouble=Trouble.STOPPED, said="failed 30004")),
        ("failed", None, Fate(trouble=Trouble.REFUSED, said="failed 0")),
    ],
)
def test_its_fate_is_told(provider: Exchange, status: str, code: int | None, fate: Fate) -> None:
    twilio = Twilio(provider.account)
    key = twilio.send(NUMBER, "x")
    provider.messages[0].update(status=status, error_code=code)
    assert twilio.fate(key) == fate


def test_a_wrong_token_is_seen_without_sending(provider: Exchange) -> None:
    Twilio(provider.account).check()
    with pytest.raises(Unreachable, match="CASEWAY_SMS_URL"):
        Twilio(replace(provider.account, password="wrong")).check()
    assert provider.posts() == 0
