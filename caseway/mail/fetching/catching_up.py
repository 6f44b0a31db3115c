"""Reading what is new in a folder, one mail after the other.

A mail is stored and committed before it is put away, and put away before it counts as read: whenever the
process dies, the next one reads that mail again, finds it stored, and goes on.
"""

from collections.abc import Callable
from datetime import timedelta

import structlog
from django.db import DatabaseError, InterfaceError
from django.db.utils import DataError

from caseway.core.clock import now
from caseway.mail.incoming.storing import keep_head
from caseway.mail.incoming.taking import take
from caseway.mail.limits import MOST_BYTES
from caseway.mail.models import ImapAccount, Trouble
from caseway.mail.troubles import Troubled

from . import progress
from .session import Gone, Session, TooLarge

log = structlog.get_logger("caseway.mail.fetching")

LOOKED_BACK = timedelta(days=3)
"""Beyond the last reading, where a server counts its mails anew (a clock of its own, a late delivery)."""


def catch_up(session: Session, account: ImapAccount, stopping: Callable[[], bool]) -> int:
    """Store every mail that is new and put it away; returns how many there were.

    Raises Lost, Troubled, and the client's own errors. What is stored stays stored.
    """
    _count_anew(session, account)
    new = session.after(account.last_uid)
    read = 0
    for uid in sorted({*map(int, account.waiting), *new}):
        if stopping():
            return read
        read += _one(session, account, uid)
    progress.seen_through(account)
    return read


def _count_anew(session: Session, account: ImapAccount) -> None:
    """Where the numbers of the folder mean other mails than before (RFC 3501, 2.3.1.1), or nothing yet.

    The first time mails that somebody has read are left alone. Later all of the last days are
    read once more: those that are stored are known by their content.
    """
    if session.uid_validity == account.uid_validity:
        return
    if account.last_read_at is None:
        waiting = session.unread()
    else:
        waiting = session.since((account.last_read_at - LOOKED_BACK).date())
    progress.begin_validity(account, session.uid_validity, next_uid=session.uid_next, waiting=waiting)


def _one(session: Session, account: ImapAccount, uid: int) -> bool:
    if not progress.begin(account, uid):
        log.warning("a mail ended the process again and again and is left", account=account.pk, uid=uid)
        progress.leave(account, uid)
        return False
    try:
        _store(session, account, uid)
    except Gone:
        progress.leave(account, uid)
        return False
    except TooLarge:
        _note_too_large(session, account, uid)
        return False
    except (DataError, ValueError, session.client.Error) as error:
        if isinstance(error, session.client.AbortError):
            raise
        again = progress.failed(account, uid)
        log.warning("a mail can't be fetched", account=account.pk, uid=uid, again=again, error=str(error))
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


def _note_too_large(session: Session, account: ImapAccount, uid: int) -> None:
    """Somebody is to see it: its header is held, with the reason. The mail stays in its folder."""
    keep_head(session.head(uid), account.mailbox, where=account.folder)
    log.warning("a mail is too large", account=account.pk, uid=uid, at=now().isoformat())
    progress.leave(account, uid)
