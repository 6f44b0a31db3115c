"""Reading what is new in a folder, one mail after the other.

A mail is stored and committed before it is put away, and put away before it counts as read: whenever the
process dies, the next one reads that mail again, finds it stored, and goes on.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import chain

import structlog
from django.db import DatabaseError, InterfaceError
from django.db.utils import DataError

from caseway.mail.incoming.storing import keep_head
from caseway.mail.incoming.taking import take
from caseway.mail.limits import MOST_BYTES
from caseway.mail.models import ImapAccount, Trouble, Why
from caseway.mail.troubles import Troubled

from . import progress
from .session import UNREAD, Criteria, Gone, Session, TooLarge

log = structlog.get_logger("caseway.mail.fetching")

LOOKED_BACK = timedelta(days=3)
"""Beyond the last reading, where a server counts its mails anew (a clock of its own, a late delivery)."""


def catch_up(session: Session, account: ImapAccount, stopping: Callable[[], bool]) -> int:
    """Store every mail that is new and put it away; returns how many there were.

    Raises Lost, Troubled, and the client's own errors. What is stored stays stored.
    """
    _count_anew(session, account)
    again = sorted(map(int, account.waiting))
    read = 0
    for uid in chain(again, _new(session, account)):
        if stopping():
            return read
        read += _one(session, account, uid)
    progress.seen_through(account)
    return read


def _count_anew(session: Session, account: ImapAccount) -> None:
    """Where the numbers of the folder mean other mails than before (RFC 3501, 2.3.1.1), or nothing yet."""
    if session.uid_validity != account.uid_validity:
        progress.begin_validity(account, session.uid_validity, next_uid=session.uid_next)


def _new(session: Session, account: ImapAccount) -> Iterator[int]:
    """What is to be read after the last mail that was looked at, by number."""
    begin, last = account.last_uid + 1, session.last()
    old_end = max(account.old_until, account.last_uid)
    yield from _among(session, account, begin, min(last, old_end), _wanted_of_old(account))
    yield from _among(session, account, old_end + 1, last)


def _among(
    session: Session, account: ImapAccount, low: int, high: int, wanted: Criteria = ()
) -> Iterator[int]:
    for window in session.windows(low, high):
        yield from session.within(*window, wanted)
        progress.looked_through(account, window[1])


def _wanted_of_old(account: ImapAccount) -> Criteria:
    """Which of the mails are read that were there when counting began.

    The first time those that somebody has read are left alone. Later all of the last days are
    read once more: those that are stored are known by their content.
    """
    if account.last_read_at is None:
        return UNREAD
    return "SINCE", (account.last_read_at - LOOKED_BACK).date()


def _one(session: Session, account: ImapAccount, uid: int) -> bool:
    if not progress.begin(account, uid):
        log.warning("a mail ended the process again and again", account=account.pk, uid=uid)
        _leave(session, account, uid, Why.NOT_FETCHED)
        return False
    try:
        _store(session, account, uid)
    except Gone:
        progress.leave(account, uid)
        return False
    except TooLarge:
        log.warning("a mail is too large", account=account.pk, uid=uid)
        _leave(session, account, uid, Why.TOO_LARGE)
        return False
    except (DataError, ValueError, session.client.Error) as error:
        if isinstance(error, session.client.AbortError):
            raise
        again = progress.failed(account, uid)
        log.warning("a mail can't be fetched", account=account.pk, uid=uid, again=again, error=str(error))
        if not again:
            _leave(session, account, uid, Why.NOT_FETCHED)
        return False
    except (DatabaseError, InterfaceError, MemoryError) as error:
        raise Troubled(Trouble.STORAGE) from error
    session.put_away(uid)
    progress.done(account, uid)
    return True


def _store(session: Session, account: ImapAccount, uid: int) -> None:
    if session.size(uid) > MOST_BYTES:
        raise TooLarge
    take(session.content(uid, MOST_BYTES), recipients=[account.mailbox.address])


def _leave(session: Session, account: ImapAccount, uid: int, why: Why) -> None:
    """Leave a mail in its folder. Somebody is to see it: its header is held, with the reason.

    Not where that may be what ends the process, or where the server won't give even that.
    """
    try:
        if account.begun_times <= progress.MOST_TRIES + 1:
            keep_head(session.head(uid), account.mailbox, why=why, where=account.folder)
    except Gone:
        pass
    except session.client.Error as error:
        if isinstance(error, session.client.AbortError):
            raise
        log.warning("nor can the header of a mail", account=account.pk, uid=uid, error=str(error))
    progress.leave(account, uid)
