"""Reading one mailbox: what is new at once, and then whatever comes, until told to stop."""

import threading
import time
from contextlib import suppress

import structlog
from django.db import DatabaseError, InterfaceError, close_old_connections, connection

from caseway.mail.models import ImapAccount, Trouble
from caseway.mail.troubles import Troubled, troubled

from . import progress
from .catching_up import catch_up
from .connecting import open_session
from .session import Session

log = structlog.get_logger("caseway.mail.fetching")

IDLED_AT_MOST = 540.0
"""Seconds. Servers end idle connections after 29 minutes (RFC 2177), routers on the way much sooner."""
ASKED_EVERY = 60.0
"""Seconds, where the server can't tell by itself."""
GLANCE = 1.0


class Reader:
    """Reads one account in its own thread. It ends by itself when there is trouble: that is noted,
    and the account's next reader begins after the pause."""

    def __init__(self, account_id: int, stop: threading.Event) -> None:
        self.account_id = account_id
        self.stop = stop
        self.idled_at_most, self.asked_every = IDLED_AT_MOST, ASKED_EVERY

    def read(self) -> None:
        """Read until told to stop, or until there is trouble."""
        close_old_connections()
        try:
            account = progress.claim(self.account_id)
            if account is not None:
                self._read_claimed(account)
        except (DatabaseError, InterfaceError) as error:
            log.warning("a mailbox can't be looked up", account=self.account_id, error=str(error))
        finally:
            connection.close()

    def _read_claimed(self, account: ImapAccount) -> None:
        trouble = None
        try:
            self._follow(account)
        except progress.Lost:
            log.info("a mailbox was changed or taken over", account=account.pk)
        except Troubled as known:
            trouble = known
        except (DatabaseError, InterfaceError):
            log.exception("the state of a mailbox can't be stored", account=account.pk)
            trouble = Troubled(Trouble.STORAGE)
        except Exception as error:
            trouble = troubled(error)
            if trouble.trouble is Trouble.DEFECT:
                log.exception("a mailbox can't be read", account=account.pk)
        if trouble:
            log.warning(
                "a mailbox waits",
                account=account.pk,
                trouble=trouble.trouble.value,
                detail=trouble.detail,
            )
        progress.release(account, trouble)

    def _follow(self, account: ImapAccount) -> None:
        session = open_session(account)
        try:
            while not self.stop.is_set():
                read = catch_up(session, account, self.stop.is_set)
                if read:
                    log.info("mails fetched", account=account.pk, mails=read)
                if not read and not session.has_news():
                    self._wait(session, account)
        finally:
            session.close()

    def _wait(self, session: Session, account: ImapAccount) -> None:
        """Until there may be news. The database's connection is given back meanwhile."""
        if session.can_idle:
            has_news = session.idle()
            try:
                if not has_news:
                    self._wait_for(session, account, self.idled_at_most)
            finally:
                with suppress(Exception):
                    session.rest()
        else:
            self._wait_for(None, account, self.asked_every)
            session.awake()

    def _wait_for(self, session: Session | None, account: ImapAccount, seconds: float) -> None:
        began = renewed = time.monotonic()
        connection.close()
        while not self.stop.is_set() and time.monotonic() - began < seconds:
            if session is None:
                self.stop.wait(GLANCE)
            elif session.heard(GLANCE):
                return
            if time.monotonic() - renewed > progress.RENEWED_EVERY:
                renewed = time.monotonic()
                progress.renew(account)
                connection.close()
