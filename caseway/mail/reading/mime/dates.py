"""The Date header (RFC 5322 section 3.3) in UTC."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_tz

COMMENT = re.compile(r"\([^()]*\)")


def date_of(value: str) -> datetime | None:
    """Read a date; None where it is none. An unknown zone counts as UTC. Never raises."""
    try:
        fields = parsedate_tz(COMMENT.sub(" ", value[:200]))
        if fields is None:
            return _iso_date(value[:40].strip())
        naive = datetime(*fields[:6])  # noqa: DTZ001 - the zone follows
        return (naive - timedelta(seconds=fields[9] or 0)).replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return _iso_date(value[:40].strip())


def _iso_date(value: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(value)
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
