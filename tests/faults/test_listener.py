"""Mails over real SMTP and LMTP connections, and what the listener does in trouble."""

import contextlib
import signal
import smtplib
import socket
import ssl

import pytest
from django.db import connection

from caseway.cases.models import Case
from caseway.demo.cast import make_cast
from caseway.mail.limits import MOST_BYTES
from caseway.mail.listening.connections import MOST_OF_ONE, MOST_UNKNOWN
from caseway.mail.listening.handler import MOST_RECIPIENTS
from caseway.mail.models import Mailbox, RawMail
from caseway.mail.tests.mails import SUPPORT, mail
from tests.faults.processes import environment, running, wait_until, worker
from tests.mailservers.certificate import make_certificate
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
def certificate(tmp_path):
    """Certificate and key in one file, as the setting wants it."""
    both = tmp_path / "both.pem"
    both.write_bytes(b"".join(file.read_bytes() for file in make_certificate(tmp_path)))
    return both


@pytest.fixture
def ports(larkfield, certificate, tmp_path):
    smtp, lmtp = free_port(), free_port()
    env = environment(
        CASEWAY_MAIL_SMTP_PORT=str(smtp),
        CASEWAY_MAIL_LMTP_PORT=str(lmtp),
        CASEWAY_MAIL_CERTIFICATE=str(certificate),
    )
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


def said(line):
    """A client that says this and hears an answer."""
    line.sendall(b"EHLO client.example\r\n")
    heard = b""
    while b"250 HELP" not in heard:
        heard += line.recv(4096)
    return heard.decode()


def test_what_is_offered_is_kept(ports, certificate):
    """STARTTLS, pipelining, other alphabets, eight bits; and one mail stays one, whatever its lines are."""
    context = ssl.create_default_context(cafile=str(certificate))
    with smtplib.SMTP("localhost", ports[0], timeout=10) as smtp:
        smtp.ehlo()
        assert {"size", "pipelining", "smtputf8", "8bitmime", "starttls"} <= smtp.esmtp_features.keys()
        assert "auth" not in smtp.esmtp_features
        smtp.starttls(context=context)
        smtp.ehlo()
        assert not {"auth", "starttls"} & smtp.esmtp_features.keys()
        smtp.sendmail(
            "bjørn@orchid.example", [SUPPORT], mail("kim@orchid.example"), ["SMTPUTF8", "BODY=8BITMIME"]
        )
    smuggled = b"".join(
        b"Subject: one\n.\nMAIL FROM:<boss@larkfield.example>\r\n%b\r\n" % dot
        for dot in (b"\n.\n", b"\n.\r\n", b"\r.\r", b"\r\n.\n", b"\n.\r")
    )
    with socket.create_connection(("127.0.0.1", ports[0]), 10) as line:
        said(line)
        line.sendall(
            b"MAIL FROM:<kim@orchid.example>\r\nRCPT TO:<%b>\r\nRCPT TO:<no@such.example>\r\nDATA\r\n"
            b"From: kim@orchid.example\r\n\r\n%b\r\n.\r\nQUIT\r\n" % (SUPPORT.encode(), smuggled)
        )
        heard = b""
        while part := line.recv(4096):
            heard += part
    assert [answer[:3] for answer in heard.splitlines()] == [b"250", b"250", b"550", b"354", b"250", b"221"]
    assert RawMail.objects.count() == 2
    stored = bytes(RawMail.objects.latest("pk").content)
    assert stored.count(b"MAIL FROM") == 5


def test_each_organisation_has_its_own_trouble_and_its_own_recipients(ports):
    """One's mail that can't be stored is answered 451 for its recipients, and no other's."""
    boxes = [SUPPORT, "Support+c.x@larkfield.example", "cases@brightwater.example"]
    raw = mail("kim@orchid.example")
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql"
            " AS $$ BEGIN RAISE disk_full; END $$;"
            "CREATE TRIGGER full_disk BEFORE INSERT ON mail_rawmail FOR EACH ROW"
            " WHEN (NEW.recipients[1] LIKE '%brightwater%') EXECUTE FUNCTION full_disk()"
        )
    try:
        with smtplib.LMTP("127.0.0.1", ports[1], timeout=10) as lmtp:
            lmtp.ehlo_or_helo_if_needed()
            lmtp.mail("kim@orchid.example")
            assert [lmtp.rcpt(box)[0] for box in boxes] == [250, 250, 250]
            answers = [lmtp.data(raw)[0], lmtp.getreply()[0], lmtp.getreply()[0]]
        with (
            smtplib.SMTP("127.0.0.1", ports[0], timeout=10) as smtp,
            pytest.raises(smtplib.SMTPDataError) as refused,
        ):
            smtp.sendmail("kim@orchid.example", boxes, raw)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER full_disk ON mail_rawmail; DROP FUNCTION full_disk()")
    assert answers == [250, 250, 451]
    assert refused.value.smtp_code == 451
    assert RawMail.objects.get().recipients == [SUPPORT, "support+c.x@larkfield.example"]
    with smtplib.SMTP("127.0.0.1", ports[0], timeout=10) as smtp:
        smtp.sendmail("kim@orchid.example", boxes, raw)
    assert list(RawMail.objects.order_by("pk").values_list("recipients", flat=True))[1] == boxes[2:]


def test_nobody_takes_more_than_a_share(ports):
    """Connections of one client, guesses of one connection, commands without end."""
    with contextlib.ExitStack() as stack:
        for _ in range(MOST_OF_ONE):
            line = stack.enter_context(socket.create_connection(("127.0.0.1", ports[0]), 10))
            assert line.recv(3) == b"220"
        refused = stack.enter_context(socket.create_connection(("127.0.0.1", ports[0]), 10))
        assert refused.recv(3) == b"421"
    wait_until(lambda: greeting(ports[0]) == b"220", 10)
    with smtplib.SMTP("127.0.0.1", ports[0], timeout=10) as smtp:
        smtp.ehlo()
        smtp.mail("kim@orchid.example")
        codes = [smtp.rcpt(f"guess{number}@larkfield.example")[0] for number in range(MOST_UNKNOWN)]
        assert codes == [550] * MOST_UNKNOWN
        assert smtp.rcpt(SUPPORT)[0] == 421


def greeting(port):
    with socket.create_connection(("127.0.0.1", port), 10) as line:
        return line.recv(3)
