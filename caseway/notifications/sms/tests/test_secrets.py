"""Neither the token nor a number nor what is said stands in a log, an error or a page of the admin."""

from collections.abc import Callable

import pytest
from django.test import Client
from structlog.testing import capture_logs

from caseway.demo.cast import Cast
from caseway.notifications.models import Sms
from caseway.notifications.sms.development import DevelopmentLog
from caseway.notifications.sms.diagnosis import sms_leave, sms_provider_answers
from caseway.notifications.sms.sending import Sender
from caseway.notifications.sms.twilio import Twilio
from config.values import SmsAccount, sms_account

from .server import TOKEN, Exchange, failing, half_an_answer, hanging_up, saying

Write = Callable[..., Sms]
WORDS = "nobody else reads this"


@pytest.mark.parametrize(
    "mood",
    [
        failing(400, 21211),
        failing(401, 20003),
        failing(429, 20429),
        failing(500),
        saying(201, b"?"),
        hanging_up,
        half_an_answer,
        None,
    ],
)
def test_logs_tell_what_happened_and_no_more(
    sender: Sender, provider: Exchange, written: Write, mood, capfd
) -> None:
    sms = written(WORDS)
    provider.moods.extend([mood] if mood else [])
    with capture_logs() as logs:
        sender.send(sms.pk)
    sms.refresh_from_db()
    told = f"{logs} {sms.last_error} {capfd.readouterr()}"
    assert bool(mood) == bool(logs)
    for secret in (TOKEN, WORDS, sms.number, sms.number[2:]):
        assert secret not in told


def test_not_even_a_defect_tells_them(sender: Sender, written: Write, monkeypatch) -> None:
    sms = written(WORDS)
    monkeypatch.setattr(sender.provider, "send", lambda number, text: int(number + text))
    with capture_logs() as logs:
        sender.send(sms.pk)
    sms.refresh_from_db()
    assert "exc_info" not in logs[0], "a traceback ends with the error's words"
    for secret in (TOKEN, WORDS, sms.number):
        assert secret not in f"{logs} {sms.last_error}"


def test_an_account_shows_no_token() -> None:
    account = sms_account(f"twilio://AC1:{TOKEN}@api.twilio.com?from=+12025550100")
    assert isinstance(account, SmsAccount)
    assert account.password == TOKEN
    assert TOKEN not in f"{account!r} {account}"


def test_in_development_the_log_shows_all_of_it(written: Write) -> None:
    sms = written(WORDS)
    with capture_logs() as logs:
        assert Sender(DevelopmentLog()).send(sms.pk)
    [line] = logs
    assert (line["number"], line["text"]) == (sms.number, sms.text)
    sms.refresh_from_db()
    assert (sms.state, sms.sent_via) == (Sms.State.SENT, "log")


def test_the_admin_shows_what_failed_and_not_what_it_said(
    cast: Cast, sender: Sender, written: Write, client: Client
) -> None:
    sms = written(WORDS, number="+15005550001")
    sender.send(sms.pk)
    client.force_login(cast.root)
    listed = client.get("/admin/notifications/sms/").content.decode()
    shown = client.get(f"/admin/notifications/sms/{sms.pk}/change/").content.decode()
    assert "The number takes no SMS" in listed
    assert WORDS not in listed + shown
    assert sms.case.number not in listed + shown


def test_the_doctor_names_what_is_wrong(
    cast: Cast, sender: Sender, provider: Exchange, written: Write, monkeypatch
) -> None:
    wrong = SmsAccount(provider.account.base, "AC1", "AC1", "+1", TOKEN)
    monkeypatch.setattr("caseway.notifications.sms.diagnosis.the_provider", lambda: Twilio(wrong))
    sender.send(written(number="+15005550001").pk)
    found = [*sms_provider_answers(), *sms_leave()]
    assert ["refuses us" in found[0].wrong, "1 SMS" in found[1].wrong] == [True, True]
    assert TOKEN not in str(found)
