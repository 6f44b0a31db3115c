"""Mails over real SMTP and LMTP connections, and what the listener does in trouble."""

import contextlib
import signal
import smtplib
import socket

import pytest
from django.db import connection

from caseway.cases.models import Case
from caseway.demo.cast import make_cast
from caseway.mail.limits import MOST_BYTES
from caseway.mail.listening.handler import MOST_RECIPIENTS
from caseway.mail.models import Mailbox, RawMail
from caseway.mail.tests.mails import SUPPORT, mail
from tests.faults.processes import environment, running, wait_until, worker
from tests.ports import free_port

pytestmark = [pytest.mark.fault, pytest.mark.django_db(transaction=True)]


def answers(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False


@pytest.fixture
def larkfield():
    cast = make_cast()
    Mailbox.objects.create(address=SUPPORT, organisation=cast.larkfield)
    Mailbox.objects.create(address="cases@brightwater.example", organisation=cast.brightwater)
    return cast


@pytest.fixture
def ports(larkfield, tmp_path):
    smtp, lmtp = free_port(), free_port()
    env = environment(CASEWAY_MAIL_SMTP_PORT=str(smtp), CASEWAY_MAIL_LMTP_PORT=str(lmtp))
    with running("-m", "django", "mail_listen", env=env, log=tmp_path / "listener.log") as process:
        wait_until(lambda: answers(smtp) and answers(lmtp), 20)
        yield smtp, lmtp
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0


def test_a_mail_over_smtp_is_stored_before_it_is_taken_and_becomes_a_case(ports):
    with smtplib.SMTP("127.0.0.1", ports[0], timeout=10) as smtp:
        smtp.sendmail("kim@orchid.example", [SUPPORT], mail("kim@orchid.example"))
        assert RawMail.objects.count() == 1
    with worker(free_port()):
        wait_until(lambda: Case.objects.count() == 1, 30)


def test_lmtp_answers_for_each_recipient(ports):
    boxes = [SUPPORT, "cases@brightwater.example"]
    with smtplib.LMTP("127.0.0.1", ports[1], timeout=10) as lmtp:
        lmtp.ehlo_or_helo_if_needed()
        lmtp.mail("kim@orchid.example")
        for box in boxes:
            assert lmtp.rcpt(box)[0] == 250
        assert lmtp.data(mail("kim@orchid.example"))[0] == 250
        assert lmtp.getreply()[0] == 250
        assert lmtp.noop()[0] == 250
    assert RawMail.objects.count() == 2


def test_unknown_addresses_are_refused_and_tagged_ones_taken(ports):
    with smtplib.SMTP("127.0.0.1", ports[0], timeout=10) as smtp:
        smtp.ehlo()
        smtp.mail("kim@orchid.example")
        assert smtp.rcpt("nobody@larkfield.example")[0] == 550
        assert smtp.rcpt("support@elsewhere.example")[0] == 550
        assert smtp.rcpt("Support+c.abcdefghij@larkfield.example")[0] == 250


def test_very_long_lines_are_taken(ports):
    raw = mail("kim@orchid.example").replace(b"Missing lid", b"x" * 200_000)
    with smtplib.SMTP("127.0.0.1", ports[0], timeout=30) as smtp:
        smtp.sendmail("kim@orchid.example", [SUPPORT], raw)
    assert RawMail.objects.count() == 1


def test_a_mail_that_is_too_large_is_refused_politely(ports):
    with smtplib.SMTP("127.0.0.1", ports[0], timeout=30) as smtp:
        smtp.ehlo()
        assert smtp.mail("kim@orchid.example", ["SIZE=90000000"])[0] == 552
    assert RawMail.objects.count() == 0


def test_a_mail_that_hides_its_size_is_refused_politely_too(ports):
    raw = mail("kim@orchid.example") + b"x" * 70 + b"\r\n"
    raw += (b"x" * 70 + b"\r\n") * (MOST_BYTES // 72)
    with smtplib.SMTP("127.0.0.1", ports[0], timeout=60) as smtp:
        smtp.ehlo()
        smtp.mail("kim@orchid.example")
        assert smtp.rcpt(SUPPORT)[0] == 250
        assert smtp.data(raw)[0] == 552
        smtp.sendmail("kim@orchid.example", [SUPPORT], mail("kim@orchid.example"))
    assert RawMail.objects.count() == 1


def test_a_mail_takes_so_many_recipients_and_the_rest_later(ports):
    with smtplib.SMTP("127.0.0.1", ports[0], timeout=30) as smtp:
        smtp.ehlo()
        smtp.mail("kim@orchid.example")
        codes = [smtp.rcpt(SUPPORT)[0] for _ in range(MOST_RECIPIENTS + 1)]
    assert codes == [250] * MOST_RECIPIENTS + [452]


def test_trouble_with_the_database_keeps_the_mail_at_its_server(ports):
    raw = mail("kim@orchid.example")
    with smtplib.SMTP("127.0.0.1", ports[0], timeout=30) as smtp:
        smtp.ehlo()
        smtp.mail("kim@orchid.example")
        assert smtp.rcpt(SUPPORT)[0] == 250
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE mail_rawmail RENAME TO mail_gone")
        try:
            assert smtp.data(raw)[0] == 451
        finally:
            with connection.cursor() as cursor:
                cursor.execute("ALTER TABLE mail_gone RENAME TO mail_rawmail")
        smtp.sendmail("kim@orchid.example", [SUPPORT], raw)
    assert RawMail.objects.count() == 1
