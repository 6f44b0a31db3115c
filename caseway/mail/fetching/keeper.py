"""All mailboxes that are fetched from: a thread for each, until told to stop."""

import threading

import structlog
from django.db import DatabaseError, InterfaceError, connection

from .progress import to_be_read
from .reader import Reader

log = structlog.get_logger("caseway.mail.fetching")

LOOKED_AFTER_EVERY = 2.0
"""Seconds. So soon a new or changed mailbox is read, and one whose pause is over."""
MOST_MAILBOXES = 200
"""Of one process; others may run beside it and take the rest."""
PATIENCE = 15.0


class Keeper:
    """Sees to it that every mailbox has a reader, here or in another process."""

    def __init__(self, stop: threading.Event) -> None:
        self.stop = stop
        self.threads: dict[int, threading.Thread] = {}

    def keep(self) -> None:
        """Until told to stop; then wait for the mail that each reader is at."""
        log.info("mail fetcher ready")
        while not self.stop.is_set():
            self.look()
            self.stop.wait(LOOKED_AFTER_EVERY)
        for thread in self.threads.values():
            thread.join(PATIENCE)

    def look(self) -> None:
        """Start a reader for each mailbox that has none."""
        self.threads = {key: thread for key, thread in self.threads.items() if thread.is_alive()}
        room = MOST_MAILBOXES - len(self.threads)
        try:
            keys = list(to_be_read().exclude(pk__in=self.threads).values_list("pk", flat=True)[:room])
        except (DatabaseError, InterfaceError) as error:
            log.warning("mailboxes can't be looked up", error=str(error))
            keys = []
        finally:
            connection.close()
        for key in keys:
            thread = threading.Thread(target=Reader(key, self.stop).read, name=f"mailbox {key}", daemon=True)
            self.threads[key] = thread
            thread.start()
