"""`kill -9` of the worker amid a thousand mails: none lost, at most the one in flight twice."""

import signal
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from caseway.mail.models import Delivery
from caseway.mail.outbox.actions import write
from caseway.mail.outbox.letters import Letter, Recipient, Words
from tests.faults.processes import first_line_of, forked_workers, running, wait_until, worker

pytestmark = [pytest.mark.fault, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def sink(tmp_path):
    log = tmp_path / "sink.log"
    log.touch()
    with running("-m", "tests.faults.sink", "0", str(log), "0.001") as process:
        yield int(first_line_of(process)), log


def write_mails(count: int, address="reader{}@orchid.example") -> list[Delivery]:
    return [
        write(
            Letter(
                purpose=Delivery.Purpose.OWNER,
                to=Recipient(address.format(number)),
                words=Words(f"Mail {number}", "Text"),
            )
        )
        for number in range(count)
    ]


def taken(log: Path) -> list[tuple[str, str]]:
    lines = [line.split() for line in log.read_text().splitlines()]
    return [(header_id, digest) for header_id, _, digest in lines]


def unsent() -> int:
    return Delivery.objects.exclude(state=Delivery.State.SENT).count()


class Sent:
    """How many mails the sink has taken, without reading twice what it wrote."""

    def __init__(self, log: Path) -> None:
        self.lines = log.open()
        self.count = 0

    def reaches(self, goal: int) -> bool:
        self.count += sum(1 for _ in self.lines)
        return self.count >= goal


def kill_amid(mails: int, kills: int, sink, seconds: float, tmp_path: Path) -> None:
    port, log = sink
    written = write_mails(mails)
    chance, sent = Random(mails), Sent(log)
    with forked_workers(port, tmp_path / "worker.log") as start:
        for _ in range(kills):
            with start():
                goal = sent.count + chance.randint(1, max(2, mails // (kills + 2)))
                wait_until(lambda goal=goal: sent.reaches(goal) or not unsent(), 60)
    with worker(port, tmp_path / "worker.log"):
        wait_until(lambda: unsent() == 0, seconds)
    counted = Counter(header_id for header_id, _ in taken(log))
    assert set(counted) == {delivery.header_id for delivery in written}
    assert sum(counted.values()) - mails <= kills
    assert max(counted.values()) <= 1 + kills
    assert len(set(taken(log))) == mails, "a mail that goes twice is the same, to the byte"


def test_amid_a_thousand_mails(sink, tmp_path):
    kill_amid(1000, 3, sink, 60, tmp_path)


@pytest.mark.endurance
def test_two_thousand_kills(sink, tmp_path):
    kill_amid(20_000, 2000, sink, 600, tmp_path)


def test_a_second_worker_leaves_alone_what_a_live_one_is_sending(sink, tmp_path):
    port, log = sink
    write_mails(1, address="slow40@orchid.example")
    with worker(port), worker(port):
        wait_until(lambda: unsent() == 0, 60)
    assert len(taken(log)) == 1


def test_a_worker_told_to_stop_finishes_its_mail(sink):
    port, log = sink
    write_mails(20)
    write_mails(1, address="slow3@orchid.example")
    with worker(port) as process:
        wait_until(lambda: len(taken(log)) == 21, 30)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=15) == 0
    assert unsent() == 0
    assert not Delivery.objects.filter(state=Delivery.State.SENDING).exists()


def test_two_workers_share_the_mails_and_send_none_twice(sink):
    port, log = sink
    write_mails(300)
    with worker(port), worker(port):
        wait_until(lambda: unsent() == 0, 60)
    assert len(taken(log)) == 300
