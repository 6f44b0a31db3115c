"""Stored mails that can't be processed: parked, seen, run again; hostile ones: bounded."""

import time

import pytest

from caseway.cases.models import Case
from caseway.mail.incoming import processing
from caseway.mail.incoming.deciding import decide
from caseway.mail.incoming.jobs import process_waiting
from caseway.mail.incoming.processing import MOST_ATTEMPTS, process, run_again
from caseway.mail.incoming.storing import store
from caseway.mail.models import RawMail
from caseway.mail.tests.mails import SUPPORT, mail, take

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mailboxes")]
State = RawMail.State


def stored(raw: bytes) -> RawMail:
    return store(raw, recipients=[SUPPORT])[0].mail


def fail(*_args):
    raise KeyError("defect")


def test_a_poisonous_mail_is_parked_and_the_others_go_on(monkeypatch):
    poison = stored(mail("kim@orchid.example", "poison"))
    fine = stored(mail("jo@orchid.example", "fine"))
    monkeypatch.setattr(
        processing, "decide", lambda raw, read: fail() if "poison" in read.text else decide(raw, read)
    )
    for _ in range(MOST_ATTEMPTS + 1):
        process_waiting(0)
        RawMail.objects.filter(state=State.RECEIVED).update(next_try_at="2020-01-01T00:00Z")
    poison.refresh_from_db()
    fine.refresh_from_db()
    assert (poison.state, fine.state) == (State.REJECTED, State.PROCESSED)
    assert "KeyError" in poison.reason
    assert bytes(poison.content)
    monkeypatch.undo()
    outcome = run_again(poison.pk)
    assert outcome is not None
    assert outcome.opened
    poison.refresh_from_db()
    assert poison.state == State.PROCESSED


def test_a_mail_that_ends_the_process_is_parked_as_well(monkeypatch):
    row = stored(mail("kim@orchid.example"))

    def die(_mail_id):
        raise SystemExit

    monkeypatch.setattr(processing, "_process", die)
    for _ in range(MOST_ATTEMPTS):
        with pytest.raises(SystemExit):
            process(row.pk)
    assert process(row.pk) is None
    row.refresh_from_db()
    assert row.state == State.REJECTED


def test_nothing_is_half_done(monkeypatch):
    row = stored(mail("kim@orchid.example"))
    monkeypatch.setattr("caseway.mail.incoming.customers.note_copied", fail)
    process(row.pk)
    assert Case.objects.count() == 0
    monkeypatch.undo()
    process(row.pk)
    assert Case.objects.count() == 1


def test_a_mail_is_processed_once():
    row = stored(mail("kim@orchid.example"))
    assert process(row.pk)
    assert process(row.pk) is None
    assert Case.objects.count() == 1


def nested(depth: int) -> bytes:
    opened = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n) for n in range(depth)
    )
    return b"From: kim@orchid.example\r\nSubject: deep\r\nMIME-Version: 1.0\r\n" + opened + b"\r\ntext\r\n"


HOSTILE = {
    "2,000 nested multiparts": nested(2000),
    "a header of 200,000 characters": mail("kim@orchid.example").replace(b"Missing lid", b"x" * 200_000),
    "50,000 headers": b"".join(b"X-%d: y\r\n" % n for n in range(50_000)) + mail("kim@orchid.example"),
    "10,000 references": b"References: "
    + b" ".join(b"<%d@x.example>" % n for n in range(10_000))
    + b"\r\n"
    + mail("kim@orchid.example"),
    "20,000 copied": b"Cc: "
    + b",\r\n ".join(b"a%d@x.example" % n for n in range(20_000))
    + b"\r\n"
    + mail("kim@orchid.example"),
    "NUL everywhere": mail("kim@orchid.example").replace(b"lid", b"l\0id").replace(b"parcel", b"par\0cel"),
    "an undecodable header": b"Subject: =?iso-2022-jp?B?/////w==?=\r\n"
    + mail("kim@orchid.example").replace(b"Subject", b"X-S"),
    "5,000 links": mail("kim@orchid.example", "https://x.example/ " * 5000),
    "a body of 3 MB": mail("kim@orchid.example", "word " * 600_000),
    "lone surrogates": b"From: kim@orchid.example\r\nSubject: \xed\xa0\x80\r\n\r\n\xed\xa0\x80 \xff\xfe",
}


@pytest.mark.parametrize("raw", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_mails_make_a_case_in_bounded_time(raw):
    began = time.monotonic()
    told = take(raw)
    assert told.outcome == "created"
    assert time.monotonic() - began < 20
    assert bytes(RawMail.objects.get().content) == raw
    assert Case.objects.get().messages.get().text is not None


@pytest.mark.parametrize("raw", [b"\0\0\0", b"no mail at all", b"\xff" * 1000, b"From:\r\n\r\n"])
def test_what_is_no_mail_is_kept_or_refused_and_never_lost(raw):
    assert take(raw).outcome in ("held", "rejected")
    assert Case.objects.count() == 0
    assert raw == b"\0\0\0" or RawMail.objects.count() == 1
