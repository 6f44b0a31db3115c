"""The mailboxes of the demo world."""

from caseway.mail.tests.conftest import mailboxes

__all__ = ["mailboxes"]
