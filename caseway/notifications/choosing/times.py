"""When somebody's next digest is due."""

from datetime import datetime, timedelta

from caseway.accounts.models import Membership
from caseway.accounts.reader import zone_named
from caseway.core.clock import now
from caseway.notifications.models import Choices


def next_digest(choices: Choices, seat: Membership) -> datetime:
    """The first moment from now on that is `digest_at` in the person's zone, on a day without a digest.

    Of an hour that a clock skips in spring it is the moment after; of one that comes twice in
    autumn, the first.
    """
    zone = zone_named(seat.person.time_zone or seat.organisation.time_zone)
    here = now().astimezone(zone)
    day = here.date()
    if choices.digest_day is not None and day <= choices.digest_day:
        day = choices.digest_day + timedelta(days=1)
    due = datetime.combine(day, choices.digest_at, zone)
    if due < here:
        due = datetime.combine(day + timedelta(days=1), choices.digest_at, zone)
    return due
