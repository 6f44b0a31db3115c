"""Mails that leave by the server of their sender's mailbox."""

from functools import partial
from pathlib import Path
from typing import Any

import pytest

from caseway.demo.cast import Cast
from caseway.mail.models import Delivery, Mailbox, SmtpAccount
from caseway.mail.outbox import claims, ways
from caseway.mail.outbox.accounts import AccountRelay
from caseway.mail.outbox.actions import write
from caseway.mail.outbox.letters import Letter, Recipient, Words
from caseway.mail.outbox.sending import Sender
from config.values import networks

from .relays import HOST, PASSWORD, USER, certificate, mail_server

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:Requiring AUTH while not")]
State = Delivery.State


@pytest.fixture
def account(cast: Cast, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SmtpAccount:
    settings.PRIVATE_NETWORKS = networks("127.0.0.0/8,::1")
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate(tmp_path, HOST)))
    Mailbox.objects.create(address="support@quillon.example", organisation=cast.quillon)
    box = Mailbox.objects.create(address="support@larkfield.example", organisation=cast.larkfield)
    account = SmtpAccount(mailbox=box, host=HOST, port=1, user=USER, security="starttls")
    account.password = PASSWORD
    account.save()
    return account


def written(organisation: Any) -> Delivery:
    recipient, words = Recipient("kim@orchid.example"), Words("Lid", "On its way.")
    purpose = Delivery.Purpose.ANSWER
    return write(Letter(purpose=purpose, to=recipient, words=words, organisation=organisation))


def sender_over(account: SmtpAccount) -> Sender:
    return Sender(AccountRelay(account), partial(ways.of_account, account=account))


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_its_own_mails_leave_by_it_and_no_others(
    cast: Cast, account: SmtpAccount, tmp_path: Path, security: str
):
    own, other, ours = written(cast.larkfield), written(cast.quillon), written(None)
    with mail_server(tmp_path / f"{HOST}.pem", implicit=security == "tls") as (port, post):
        account.port, account.security = port, security
        assert sender_over(account).drain(10) == 1
    assert [address for address, _ in post.taken] == [own.address]
    assert post.logins == [(USER, PASSWORD)]
    own.refresh_from_db()
    assert (own.state, own.sent_via) == (State.SENT, HOST)
    assert ways.account_of(other.pk) is None
    assert set(ways.of_installation(claims.due())) == {other, ours}


def test_while_it_is_away_nobody_elses_mails_are_told_so(cast: Cast, account: SmtpAccount):
    own, other = written(cast.larkfield), written(cast.quillon)
    assert sender_over(account).drain(10) == 0
    for mail in (own, other):
        mail.refresh_from_db()
        assert (mail.state, mail.attempts) == (State.DUE, 0)
    assert "refused" in own.last_error.lower()
    assert other.last_error == ""


def test_what_may_not_be_reached_and_what_can_not_be_read(cast: Cast, account: SmtpAccount, settings: Any):
    own = written(cast.larkfield)
    settings.PRIVATE_NETWORKS = ()
    sender_over(account).drain(10)
    own.refresh_from_db()
    assert "Forbidden" in own.last_error
    settings.PRIVATE_NETWORKS = networks("127.0.0.0/8,::1")
    account.security, account.sign_in = "none", SmtpAccount.SignIn.GRANT
    with mail_server(None) as (port, _post):
        account.port = port
        sender_over(account).drain(10)
    own.refresh_from_db()
    assert own.last_error.startswith("No permission has been given yet")


def test_switched_off_its_mails_leave_by_the_installation(cast: Cast, account: SmtpAccount):
    own = written(cast.larkfield)
    assert ways.account_of(own.pk) == account
    SmtpAccount.objects.update(is_active=False)
    assert ways.account_of(own.pk) is None
    assert own in ways.of_installation(claims.due())
