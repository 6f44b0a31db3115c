"""What an administrator asks of the mails that came in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.http import urlencode

from caseway.core.text import normal_address
from caseway.mail.models import RawMail


@dataclass(frozen=True)
class Asked:
    """A filter of mails. Empty fields ask nothing; `sender` is an address or how one begins."""

    outcome: str = ""
    mailbox: int | None = None
    day: date | None = None
    sender: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "Asked":
        """From a query string; what makes no sense asks nothing."""
        outcome = query.get("outcome", "")
        return cls(
            outcome=outcome if outcome in RawMail.State.values else "",
            mailbox=_number(query.get("mailbox", "")),
            day=_day(query.get("day", "")),
            sender=normal_address(query.get("sender", "").replace("\0", "")),
        )

    @property
    def narrows(self) -> bool:
        """Whether it leaves anything out."""
        return bool(self.outcome or self.narrows_beside_outcome)

    @property
    def narrows_beside_outcome(self) -> bool:
        """Whether it asks for more than an outcome."""
        return bool(self.mailbox or self.day or self.sender)

    def query(self, **other: str) -> str:
        """The query string of this filter, with `other` in the place of its own."""
        own = {
            "outcome": self.outcome,
            "mailbox": str(self.mailbox or ""),
            "day": self.day.isoformat() if self.day else "",
            "sender": self.sender,
        }
        return urlencode({name: value for name, value in (own | other).items() if value})

    def narrowed(self, mails: QuerySet[RawMail], zone: ZoneInfo) -> QuerySet[RawMail]:
        """Those of `mails` that fit; the day is one of `zone`."""
        if self.outcome:
            mails = mails.filter(state=self.outcome)
        if self.mailbox is not None:
            mails = mails.filter(mailbox=self.mailbox)
        if self.sender:
            mails = mails.filter(sender__startswith=self.sender)
        if self.day is not None:
            begins, ends = (
                datetime.combine(day, time(), zone).astimezone(UTC)
                for day in (self.day, self.day + timedelta(days=1))
            )
            mails = mails.filter(received_at__gte=begins, received_at__lt=ends)
        return mails


def _number(typed: str) -> int | None:
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 19 else None


def _day(typed: str) -> date | None:
    try:
        found = date.fromisoformat(typed)
    except ValueError:
        return None
    # The ends of the calendar have no day beside them, and no moment in every zone.
    return found if date(1970, 1, 2) <= found <= date(9000, 1, 1) else None
