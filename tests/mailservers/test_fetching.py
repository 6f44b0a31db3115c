"""Mails fetched from a real IMAP server: each is stored once, whatever happens in between."""

import contextlib
import logging
import threading
from datetime import timedelta

import pytest
from django.db import connection
from imapclient import SEEN

from caseway.core.clock import now
from caseway.mail.fetching import catching_up, progress
from caseway.mail.fetching.catching_up import catch_up
from caseway.mail.fetching.connecting import open_session
from caseway.mail.fetching.keeper import Keeper
from caseway.mail.fetching.session import PART, Session
from caseway.mail.models import ImapAccount, RawMail, Trouble, Why
from caseway.mail.tests.mails import SUPPORT, mail
from caseway.mail.troubles import Troubled
from tests.faults.processes import wait_until

from .dovecot import PASSWORD

pytestmark = pytest.mark.fault

KIM = "kim@orchid.example"


def read_once(account):
    """What a reader does until it would wait; how many mails it put away."""
    mine = progress.claim(account.pk)
    assert mine is not None
    try:
        session = open_session(mine)
        try:
            return catch_up(session, mine, lambda: False)
        finally:
            session.close()
    finally:
        progress.release(mine)


@contextlib.contextmanager
def keeping():
    """A keeper in a thread of its own; it ends within a moment of being told."""
    stop = threading.Event()
    thread = threading.Thread(target=Keeper(stop).keep)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(10)
        assert not thread.is_alive()


def flags(server, account, folder="INBOX"):
    with server.mailbox(account.user, folder) as box:
        return {uid: set(found) for uid, found in box.get_flags(box.search()).items()}


def trouble_of(account):
    account.refresh_from_db()
    return account.trouble


@pytest.mark.django_db(transaction=True)
class TestWaiting:
    """With threads of their own, as in the process that fetches."""

    def test_what_is_unread_comes_first_and_then_whatever_arrives(self, server, account):
        server.put(account.user, mail(KIM, "old"), flags=(SEEN,))
        server.put(account.user, mail(KIM, "waits"), mail(KIM, "waits too"))
        with keeping():
            wait_until(lambda: RawMail.objects.count() == 2, 20)
            server.put(account.user, mail(KIM, "arrives"))
            wait_until(lambda: RawMail.objects.count() == 3, 10)
            wait_until(lambda: all(SEEN in found for found in flags(server, account).values()), 10)
            server.drop(account.user)
            wait_until(lambda: trouble_of(account) == Trouble.UNREACHABLE, 20)
            assert account.failures == 1
            ImapAccount.objects.update(next_try_at=now())
            server.put(account.user, mail(KIM, "meanwhile"))
            wait_until(lambda: RawMail.objects.count() == 4, 20)
            wait_until(lambda: not trouble_of(account), 10)
        account.refresh_from_db()
        assert account.reader is None
        assert account.failures == 0
        assert RawMail.objects.values_list("recipients", flat=True)[0] == [SUPPORT]

    def test_a_mailbox_that_can_not_tell_is_asked_and_mails_stay_while_nothing_can_be_stored(
        self, server, account, monkeypatch
    ):
        monkeypatch.setattr("caseway.mail.fetching.reader.ASKED_EVERY", 0.1)
        monkeypatch.setattr("caseway.mail.fetching.client.Client.has_capability", lambda *_: False)
        with keeping():
            wait_until(lambda: ImapAccount.objects.filter(last_read_at__isnull=False).exists(), 20)
            server.put(account.user, mail(KIM))
            wait_until(lambda: RawMail.objects.count() == 1, 10)
            with connection.cursor() as cursor:
                cursor.execute("ALTER TABLE mail_rawmail RENAME TO mail_gone")
            try:
                server.put(account.user, mail(KIM))
                wait_until(lambda: trouble_of(account) == Trouble.STORAGE, 20)
            finally:
                with connection.cursor() as cursor:
                    cursor.execute("ALTER TABLE mail_gone RENAME TO mail_rawmail")
            assert [SEEN in found for found in flags(server, account).values()] == [True, False]
            ImapAccount.objects.update(next_try_at=now())
            wait_until(lambda: RawMail.objects.count() == 2, 20)


class TestReading:
    def test_a_read_mail_is_moved_to_a_folder_that_is_made_for_it(self, server, account):
        ImapAccount.objects.update(afterwards="move", target="Cases/Taken ä")
        server.put(account.user, mail(KIM), mail(KIM))
        assert read_once(account) == 2
        assert flags(server, account) == {}
        assert len(flags(server, account, "Cases/Taken ä")) == 2

    def test_a_read_mail_is_deleted_and_nobody_elses(self, server, account):
        ImapAccount.objects.update(afterwards="delete")
        server.put(account.user, mail(KIM), flags=(b"\\Deleted", SEEN))
        server.put(account.user, mail(KIM))
        assert read_once(account) == 1
        assert [b"\\Deleted" in found for found in flags(server, account).values()] == [True]

    def test_a_mail_of_many_parts_is_the_same_to_the_byte(self, server, account):
        raw = mail(KIM, files={"pallet.bin": b"p" * (2 * PART)})
        server.put(account.user, raw)
        read_once(account)
        assert bytes(RawMail.objects.get().content) == raw.replace(b"\n", b"\r\n")


class Died(BaseException):
    """What no handler of exceptions takes in, as the death of a process."""


def deadly(*_):
    raise Died


class TestNothingTwice:
    def test_killed_between_store_and_flag(self, server, account, monkeypatch):
        server.put(account.user, mail(KIM))
        with monkeypatch.context() as patch:
            patch.setattr(Session, "put_away", deadly)
            with pytest.raises(Died):
                read_once(account)
        assert RawMail.objects.count() == 1
        assert read_once(account) == 1
        assert RawMail.objects.count() == 1
        assert all(SEEN in found for found in flags(server, account).values())

    def test_a_folder_that_counts_anew_is_read_again_and_nothing_stored_twice(self, server, account):
        ImapAccount.objects.update(folder="Cases")
        known, new = mail(KIM, "known"), mail(KIM, "new")
        with server.mailbox(account.user) as box:
            box.create_folder("Cases")
            box.append("Cases", known)
        assert read_once(account) == 1
        account.refresh_from_db()
        before = account.uid_validity
        with server.mailbox(account.user) as box:
            box.delete_folder("Cases")
            box.create_folder("Cases")
            box.append("Cases", known, [SEEN])
            box.append("Cases", new)
        assert read_once(account) == 2
        account.refresh_from_db()
        assert account.uid_validity != before
        assert RawMail.objects.count() == 2
        assert read_once(account) == 0

    def test_one_reader_for_each_mailbox_until_it_is_silent_for_long(self, account):
        first = progress.claim(account.pk)
        assert first is not None
        assert progress.claim(account.pk) is None
        ImapAccount.objects.update(reader_seen_at=now() - progress.CLAIM * 2)
        assert progress.claim(account.pk) is not None
        with pytest.raises(progress.Lost):
            progress.renew(first)

    def test_a_changed_account_is_begun_anew(self, account):
        mine = progress.claim(account.pk)
        assert mine is not None
        ImapAccount.objects.update(version=2)
        with pytest.raises(progress.Lost):
            progress.renew(mine)


class TestPoison:
    def test_a_mail_that_can_not_be_fetched_holds_up_no_other(self, server, account, monkeypatch):
        server.put(account.user, *(mail(KIM, str(number)) for number in range(3)))
        content = Session.content

        def poisonous(self, uid, most):
            if uid == 2:
                raise self.client.Error("BAD broken")
            return content(self, uid, most)

        monkeypatch.setattr(Session, "content", poisonous)
        assert read_once(account) == 2
        assert [read_once(account) for _ in range(3)] == [0, 0, 0]
        account.refresh_from_db()
        assert account.left_uids == [2]
        assert account.waiting == {}
        held = RawMail.objects.get(state=RawMail.State.HELD)
        assert (held.why, held.detail, held.mailbox) == (Why.NOT_FETCHED, "INBOX", account.mailbox)
        assert b"Message-ID" in bytes(held.content)
        assert [SEEN in found for found in flags(server, account).values()] == [True, False, True]

    def test_a_mail_that_ends_the_process_is_left_after_three_times(self, server, account, monkeypatch):
        server.put(account.user, mail(KIM))
        with monkeypatch.context() as patch:
            patch.setattr(Session, "content", deadly)
            for _ in range(3):
                with pytest.raises(Died):
                    read_once(account)
        server.put(account.user, mail(KIM, "behind it"))
        assert read_once(account) == 1
        account.refresh_from_db()
        assert account.left_uids == [1]
        assert RawMail.objects.get(state=RawMail.State.HELD).why == Why.NOT_FETCHED

    def test_where_even_its_header_ends_the_process_it_is_left_without(self, server, account, monkeypatch):
        server.put(account.user, mail(KIM))
        with monkeypatch.context() as patch:
            patch.setattr(Session, "content", deadly)
            patch.setattr(Session, "head", deadly)
            for _ in range(4):
                with pytest.raises(Died):
                    read_once(account)
            assert read_once(account) == 0
        account.refresh_from_db()
        assert account.left_uids == [1]
        assert not RawMail.objects.exists()

    def test_a_mail_that_is_too_large_is_held_by_its_header_and_stays(self, server, account, monkeypatch):
        monkeypatch.setattr(catching_up, "MOST_BYTES", 2000)
        server.put(account.user, mail(KIM, "x" * 3000, subject="Huge"), mail(KIM))
        assert read_once(account) == 1
        held = RawMail.objects.get(state=RawMail.State.HELD)
        assert (held.why, held.detail, held.mailbox) == (Why.TOO_LARGE, "INBOX", account.mailbox)
        assert b"Huge" in bytes(held.content)
        assert read_once(account) == 0
        assert [SEEN in found for found in flags(server, account).values()] == [False, True]


class TestTrouble:
    def test_a_wrong_password_is_told_once_in_a_while_and_never_said(self, server, account, caplog):
        account.password = "a-secret-that-is-wrong"
        account.save()
        caplog.set_level(logging.DEBUG)
        with pytest.raises(Troubled) as caught:
            read_once(account)
        progress.release(account, caught.value)
        assert trouble_of(account) == Trouble.SIGN_IN
        assert account.next_try_at > now() + timedelta(seconds=40)
        assert "a-secret-that-is-wrong" not in caplog.text + account.trouble_words
        assert not progress.to_be_read().exists()
        assert PASSWORD not in repr(vars(account))

    def test_tls_and_starttls_are_used_where_the_certificate_is_trusted(self, server, account, trusted):
        server.put(account.user, mail(KIM))
        ImapAccount.objects.update(security="tls", port=server.imaps)
        assert read_once(account) == 1
        ImapAccount.objects.update(security="starttls", port=server.imap)
        assert read_once(account) == 0

    @pytest.mark.parametrize("security", ["tls", "starttls"])
    def test_an_untrusted_certificate_gets_no_password(self, server, account, security):
        account.security = security
        account.port = server.imaps if security == "tls" else server.imap
        with pytest.raises(Troubled) as caught:
            open_session(account)
        assert caught.value.trouble is Trouble.CERTIFICATE

    @pytest.mark.parametrize(
        ("changes", "trouble"),
        [
            ({"port": 1}, Trouble.UNREACHABLE),
            ({"host": "no-such-host.invalid"}, Trouble.UNKNOWN_HOST),
            ({"host": "10.0.0.1"}, Trouble.FORBIDDEN_HOST),
            ({"host": "::ffff:10.0.0.1"}, Trouble.FORBIDDEN_HOST),
            ({"host": "169.254.169.254"}, Trouble.FORBIDDEN_HOST),
            ({"host": "2852039166"}, Trouble.FORBIDDEN_HOST),
            ({"folder": "Nowhere"}, Trouble.NO_FOLDER),
            ({"sealed_password": "nonsense"}, Trouble.NO_PASSWORD),
        ],
    )
    def test_each_has_its_words(self, account, changes, trouble):
        for name, value in changes.items():
            setattr(account, name, value)
        with pytest.raises(Troubled) as caught:
            open_session(account)
        assert caught.value.trouble is trouble
