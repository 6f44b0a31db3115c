"""Found by Procrastinate: every job of mail."""

from caseway.mail.outbox import jobs as outbox
from caseway.mail.upkeep import jobs as upkeep

__all__ = ["outbox", "upkeep"]
