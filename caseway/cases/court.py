"""Whose court: which side must act next. Every move of it stands here and nowhere else."""

from datetime import datetime

from caseway.core.clock import now

from .access.locking import Locked
from .models import Message, Side
from .status import Status
from .types import Audience, Court


def _set(side: Side, court: Court, at: datetime) -> None:
    Side.objects.filter(pk=side.pk).exclude(court=court).update(court=court, court_since=at)


def after_status(locked: Locked, status: Status) -> None:
    """Solved: nobody must act. Pending from customer: the customer. Otherwise it is our move."""
    at = now()
    for side in locked.sides.values():
        if not status.is_active:
            _set(side, Court.NOBODY, at)
        elif side.court == Court.NOBODY:
            _set(side, Court.US, at)
    if status is Status.PENDING_CUSTOMER:
        _set(locked.host_side, Court.CUSTOMER, at)
    elif status is Status.PENDING_AGENT:
        _set(locked.host_side, Court.US, at)


def after_message(locked: Locked, message: Message) -> None:
    """A message to the partner moves the court to the partner; the partner's sees it as theirs."""
    if message.audience != Audience.PARTNER:
        return
    for organisation_id, side in locked.sides.items():
        wrote = message.author_organisation_id == organisation_id
        _set(side, Court.PARTNER if wrote else Court.US, message.created_at)
