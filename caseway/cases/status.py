"""The nine statuses and their two projections. Whether a case is Active or Solved is never stored."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """Where a case stands; the values are those of the API."""

    NEW = "new", _("New")
    OPEN = "open", _("Open")
    PENDING_AGENT = "pending_agent", _("Pending from agent")
    PENDING_CUSTOMER = "pending_customer", _("Pending from customer")
    ON_HOLD = "on_hold", _("On hold")
    MERGED = "merged", _("Merged")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Cancelled")
    WITHDRAWN = "withdrawn", _("Withdrawn")

    @property
    def is_active(self) -> bool:
        """True while somebody still has to do something (shown as OPEN to customers' accounts)."""
        return self in ACTIVE


ACTIVE = frozenset({Status.NEW, Status.OPEN, Status.PENDING_AGENT, Status.PENDING_CUSTOMER, Status.ON_HOLD})
SOLVED = frozenset(Status) - ACTIVE
