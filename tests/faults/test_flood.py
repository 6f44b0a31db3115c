"""Mails through the listener while the worker is killed: one outcome for each, none lost, none double."""

import smtplib
import threading
from random import Random

import pytest

from caseway.cases.conversation.actions import post
from caseway.cases.conversation.writing import Content
from caseway.cases.models import Case, Message
from caseway.cases.types import Audience, Source
from caseway.demo.cast import make_cast
from caseway.mail.incoming.ingesting import ingest
from caseway.mail.models import Delivery, Mailbox, RawMail
from caseway.mail.reading import content_hash
from caseway.mail.tests.mails import SUPPORT, latest_to, mail, reply_to
from tests.faults.flood import flood
from tests.faults.processes import environment, forked_workers, running, wait_until
from tests.mailservers.dovecot import answers
from tests.ports import free_port

pytestmark = [pytest.mark.fault, pytest.mark.django_db(transaction=True)]

LINES = 4
"""Connections that bring mails at the same time."""


@pytest.fixture
def listener(tmp_path):
    smtp = free_port()
    env = environment(CASEWAY_MAIL_SMTP_PORT=str(smtp), CASEWAY_MAIL_LMTP_PORT="0")
    with running("-m", "django", "mail_listen", env=env, log=tmp_path / "listener.log"):
        wait_until(lambda: answers(smtp), 40)
        yield smtp


@pytest.fixture
def answered():
    """Kim's case, and the addresses to which she answers: the true one, and a forged one."""
    cast = make_cast()
    Mailbox.objects.create(address=SUPPORT, organisation=cast.larkfield)
    case = Case.objects.get(number=ingest(mail("p1@orchid.example"), recipients=[SUPPORT]).case_number)
    post(case, by=cast.at_desk(cast.ana), audience=Audience.CUSTOMER, content=Content("Which one?"))
    true = reply_to(latest_to("p1@orchid.example"))
    return [true, true[:20] + "x" + true[21:]]


def bring(port, mails, brought):
    """Send them over one connection; what is said to be stored is counted."""
    smtp = smtplib.SMTP("127.0.0.1", port, timeout=120)
    for place, raw in enumerate(mails):
        if place % 500 == 499:  # a client that has brought many comes again
            smtp.quit()
            smtp = smtplib.SMTP("127.0.0.1", port, timeout=120)
        to = next(
            (line[4:] for line in raw.decode("latin-1").splitlines() if line.startswith("To: ")), SUPPORT
        )
        smtp.sendmail("somebody@orchid.example", [to if "+" in to else SUPPORT], raw)
        brought.append(content_hash(b"\r\n".join(raw.splitlines()) + b"\r\n"))
    smtp.quit()


def waiting():
    return RawMail.objects.filter(state=RawMail.State.RECEIVED).count()


def outlive(mails, kills, listener, answered, tmp_path, seconds):
    sent, chance = list(flood(mails, mails, answered)), Random(mails)
    brought: list[str] = []
    before = RawMail.objects.count(), Message.objects.filter(source=Source.EMAIL).count()
    lines = [
        threading.Thread(target=bring, args=(listener, sent[line::LINES], brought)) for line in range(LINES)
    ]
    for line in lines:
        line.start()
    with forked_workers(free_port(), tmp_path / "worker.log") as start:
        for _ in range(kills):
            with start():
                done = RawMail.objects.exclude(state=RawMail.State.RECEIVED).count()
                goal = done + chance.randint(1, max(2, mails // (kills * 2)))
                wait_until(
                    lambda goal=goal: (
                        RawMail.objects.exclude(state=RawMail.State.RECEIVED).count() >= goal
                        or (not waiting() and not any(line.is_alive() for line in lines))
                    ),
                    seconds,
                )
        with start():
            for line in lines:
                line.join(seconds)
            assert len(brought) == mails
            wait_until(lambda: not waiting(), seconds)
    stored = RawMail.objects.count() - before[0]
    assert stored == len(set(brought)), "each content once, none lost"
    outcomes = RawMail.objects.exclude(state=RawMail.State.RECEIVED)
    assert outcomes.count() - before[0] == stored
    assert not outcomes.filter(state=RawMail.State.REJECTED).exists()
    posted = Message.objects.filter(source=Source.EMAIL).count() - before[1]
    assert posted == outcomes.filter(state=RawMail.State.PROCESSED).count() - before[1], "no message twice"
    told = Delivery.objects.filter(purpose=Delivery.Purpose.CREATED)
    assert told.count() == told.values("case").distinct().count(), "no case confirmed twice"


def test_two_hundred_mails_and_two_kills(listener, answered, tmp_path):
    outlive(200, 2, listener, answered, tmp_path, 180)


@pytest.mark.endurance
def test_ten_thousand_mails_and_twenty_kills(listener, answered, tmp_path):
    outlive(10_000, 20, listener, answered, tmp_path, 3600)
