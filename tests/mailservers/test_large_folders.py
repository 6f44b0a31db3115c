"""Folders of any size: their mails are looked for in windows, and none is passed by."""

import os

import pytest
from imapclient import SEEN

from caseway.mail.fetching import session as sessions
from caseway.mail.fetching.connecting import open_session
from caseway.mail.fetching.session import UNREAD, Session
from caseway.mail.models import ImapAccount, RawMail
from caseway.mail.tests.mails import mail

from .test_fetching import KIM, flags, read_once

pytestmark = pytest.mark.fault

LONGEST_LINE = 1_000_000
"""Bytes. The client takes no answer beyond."""


@pytest.fixture
def small_windows(monkeypatch):
    monkeypatch.setattr(sessions, "WINDOW", 3)


def test_unread_ones_of_many_and_then_whatever_comes(server, account, small_windows, monkeypatch):
    server.put(account.user, *(mail(KIM, f"read {number}") for number in range(7)), flags=(SEEN,))
    server.put(account.user, *(mail(KIM, f"waits {number}") for number in range(4)))
    server.put(account.user, *(mail(KIM, f"read too {number}") for number in range(7)), flags=(SEEN,))

    class Killed(BaseException): ...

    def killed(*_):
        raise Killed

    # Killed in between, it goes on where it was, and knows still which ones are old.
    with monkeypatch.context() as patch:
        patch.setattr(Session, "put_away", killed)
        with pytest.raises(Killed):
            read_once(account)
    server.put(account.user, mail(KIM, "came and was read elsewhere"), flags=(SEEN,))
    assert read_once(account) == 5
    assert RawMail.objects.count() == 5
    server.put(account.user, *(mail(KIM, f"new {number}") for number in range(5)))
    assert read_once(account) == 5
    account.refresh_from_db()
    assert (account.last_uid, account.old_until, account.waiting) == (24, 18, {})
    assert all(SEEN in found for found in flags(server, account).values())


def test_a_folder_that_counts_anew_is_read_in_windows_too(server, account, small_windows):
    ImapAccount.objects.update(folder="Cases")
    known = [mail(KIM, f"known {number}") for number in range(4)]
    for folder in range(2):
        with server.mailbox(account.user) as box:
            if folder:
                box.delete_folder("Cases")
            box.create_folder("Cases")
            for one in [*known, *[mail(KIM, f"new {number}") for number in range(folder * 4)]]:
                box.append("Cases", one, [SEEN] if folder else [])
        assert read_once(account) == 4 + folder * 4
    assert RawMail.objects.count() == 8


def test_gaps_of_millions_in_a_small_folder_are_one_step(server, account):
    server.put(account.user, mail(KIM))
    session = open_session(account)
    try:
        session.uid_next = 4_000_000_000
        assert list(session.windows(1, 3_999_999_999)) == [(1, 3_999_999_999)]
        session.mails = sessions.WINDOW + 1
        widest = max(high - low + 1 for low, high in session.windows(1, sessions.WINDOW * 3))
        assert widest * len(" 4294967295") < LONGEST_LINE
    finally:
        session.close()


@pytest.mark.endurance
def test_two_hundred_thousand_mails(server, account):
    server.put(account.user, mail(KIM), flags=(SEEN,))
    folder = server.folder / "mails" / account.user / "cur"
    first = next(folder.iterdir()).read_bytes()
    # A file can't have as many names as that: some copies of it can.
    for copy in range(10):
        same = folder / f"1700{copy:02}000000.M1P1.here:2,S"
        same.write_bytes(first)
        for number in range(1, 20_000):
            os.link(same, folder / f"1700{copy:02}{number:06}.M1P1.here:2,S")
    session = open_session(account)
    try:
        with pytest.raises(session.client.Error, match="1000000 bytes"):
            session.client.search(["ALL"])
    finally:
        session.close()
    session = open_session(account)
    try:
        assert (session.count(), session.count(UNREAD)) == (200_001, 0)
    finally:
        session.close()
    server.put(account.user, mail(KIM, "at last"))
    assert read_once(account) == 1
