"""What somebody chose, as those who tell them ask it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time

from caseway.accounts.models import Membership
from caseway.notifications.models import Choices, Kind


@dataclass(frozen=True)
class Chosen:
    """The kinds that a person wants to hear of, by way."""

    shown: frozenset[Kind]
    mailed: frozenset[Kind]
    digested: frozenset[Kind]
    digest_at: time

    def wants(self, kind: Kind) -> bool:
        """Whether they want to hear of it in any way."""
        return kind in self.shown or kind in self.mailed or kind in self.digested

    def ways(self) -> Mapping[str, frozenset[Kind]]:
        """The kinds by the name of the way."""
        return {"shown": self.shown, "mailed": self.mailed, "digested": self.digested}


def chosen_by(seat: Membership) -> Chosen:
    """The seat's choices, or those of everybody. No query where `notice_choices` was joined."""
    return chosen_in(getattr(seat, "notice_choices", None), seat)


def chosen_in(stored: Choices | None, seat: Membership) -> Chosen:
    """What this row says of the seat's choices; without one, what everybody has at first."""
    stored = stored or Choices()
    mailed = {Kind(one) for one in stored.mailed} - {Kind.MINE}
    return Chosen(
        shown=frozenset(Kind(one) for one in stored.shown),
        mailed=frozenset(mailed | ({Kind.MINE} if seat.told_as_owner else set())),
        digested=frozenset(Kind(one) for one in stored.digested),
        digest_at=stored.digest_at,
    )
