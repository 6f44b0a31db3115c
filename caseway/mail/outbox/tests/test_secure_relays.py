"""STARTTLS and implicit TLS with a login, against a real server: right settings, and each wrong one."""

from pathlib import Path

import pytest

from caseway.mail.models import Delivery
from caseway.mail.outbox.sending import Sender
from caseway.mail.outbox.smtp import SmtpRelay
from config.values import mail_relay

from .letters import letter
from .relays import HOST, PASSWORD, USER, Post, certificate, mail_server

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:Requiring AUTH while not")]
State = Delivery.State
SCHEMES = {"smtp+starttls": False, "smtps": True}


@pytest.fixture(params=SCHEMES)
def scheme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def pem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The server's certificate, which this machine trusts."""
    file = certificate(tmp_path, HOST)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    return file


def sent_over(scheme: str, port: int, password: str = PASSWORD, user: str = USER) -> Delivery:
    """A mail, after one try over the relay of these settings."""
    delivery = letter()
    login = f"{user}:{password.replace(' ', '%20')}@" if user else ""
    sender = Sender(SmtpRelay(mail_relay(f"{scheme}://{login}{HOST}:{port}")))
    sender.send(delivery.pk)
    sender.relay.close()
    delivery.refresh_from_db()
    return delivery


def waits(delivery: Delivery, post: Post) -> bool:
    """Whether the mail is in the outbox, untried and untaken."""
    return (delivery.state, delivery.attempts, post.taken) == (State.DUE, 0, [])


def test_right_settings_carry_the_mail(scheme: str, pem: Path):
    with mail_server(pem, implicit=SCHEMES[scheme]) as (port, post):
        delivery = sent_over(scheme, port)
    assert (delivery.state, delivery.last_error) == (State.SENT, "")
    [(address, content)] = post.taken
    assert address == delivery.address
    assert delivery.header_id.encode() in content
    assert post.logins == [(USER, PASSWORD)]
    assert not post.was_clear


def test_a_certificate_that_nobody_vouches_for_is_refused(
    scheme: str, pem: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.delenv("SSL_CERT_FILE")
    with mail_server(pem, implicit=SCHEMES[scheme]) as (port, post):
        delivery = sent_over(scheme, port)
    assert waits(delivery, post)
    assert delivery.last_error.startswith("The certificate of localhost is not trusted: self-signed")
    assert post.logins == [], "the password went to somebody unknown"


def test_a_certificate_of_another_name_is_refused(
    scheme: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    other = certificate(tmp_path, "relay.example")
    monkeypatch.setenv("SSL_CERT_FILE", str(other))
    with mail_server(other, implicit=SCHEMES[scheme]) as (port, post):
        delivery = sent_over(scheme, port)
    assert waits(delivery, post)
    assert "not trusted: Hostname mismatch" in delivery.last_error
    assert post.logins == []


def test_a_wrong_password_keeps_the_mail_and_says_so(scheme: str, pem: Path):
    with mail_server(pem, implicit=SCHEMES[scheme]) as (port, post):
        delivery = sent_over(scheme, port, password="wrong-battery")
    assert waits(delivery, post)
    assert delivery.last_error.startswith("localhost takes neither this user nor this password: 535")
    assert "wrong-battery" not in delivery.last_error


def test_a_missing_login_fails_no_mail(scheme: str, pem: Path):
    with mail_server(pem, implicit=SCHEMES[scheme]) as (port, post):
        delivery = sent_over(scheme, port, user="")
    assert waits(delivery, post)
    assert delivery.last_error.startswith("530")


def test_a_password_beyond_ascii_keeps_the_mail_and_says_so(scheme: str, pem: Path):
    with mail_server(pem, implicit=SCHEMES[scheme]) as (port, post):
        delivery = sent_over(scheme, port, password="pässword")
    assert waits(delivery, post)
    assert delivery.last_error == "localhost takes user and password in ASCII only"


def test_without_starttls_neither_password_nor_mail_is_said():
    with mail_server(None) as (port, post):
        delivery = sent_over("smtp+starttls", port)
    assert waits(delivery, post)
    assert delivery.last_error.startswith("localhost can't do what the settings ask for: STARTTLS")
    assert post.logins == []


def test_all_that_waits_tells_why_nothing_is_sent(pem: Path):
    others = [letter(f"reader{n}@x.example") for n in range(3)]
    with mail_server(pem) as (port, _post):
        sent_over("smtp+starttls", port, password="wrong")
    for other in others:
        other.refresh_from_db()
        assert "neither this user nor this password" in other.last_error
        assert (other.state, other.attempts) == (State.DUE, 0)
