"""Found by Procrastinate: every job of mail."""

from caseway.mail.incoming import jobs as incoming
from caseway.mail.outbox import jobs as outbox
from caseway.mail.upkeep import jobs as upkeep

__all__ = ["incoming", "outbox", "upkeep"]
