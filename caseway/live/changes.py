"""What happened since, in no danger of missing what was committed late.

Ids and transactions are not committed in their order. All that is below the oldest transaction
still running is there for good, so a position is that transaction: it is where to go on from. What
newer transactions have committed already is told at once and remembered, so that nobody waits
for another's long transaction, and nothing is told twice.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from django.db import connection

from caseway.cases.models import CaseEvent

MOST = 500
"""Events that are told one by one. Who has missed more loads the page anew."""


@dataclass(frozen=True)
class Happened:
    """One event of a case, by its ids."""

    pk: int
    xid: int
    case_id: int
    kind: str
    seen_by: str
    organisation_id: int | None
    actor_id: int | None


COLUMNS = ("pk", "xid", "case_id", "kind", "seen_by", "organisation_id", "actor_id")


def present_position() -> int:
    """The oldest transaction that still runs: everything before it is settled."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        return int(cursor.fetchone()[0])


def happened_since(position: int, *, but: Collection[int] = ()) -> list[Happened] | None:
    """What can be seen from `position` on, in the order (xid, id), without the events `but`.

    None where it is too much to tell.
    """
    rows = CaseEvent.objects.filter(xid__gte=position).exclude(pk__in=but).order_by("xid", "pk")
    found = [Happened(*row) for row in rows.values_list(*COLUMNS)[: MOST + 1]]
    return None if len(found) > MOST else found


@dataclass
class Feed:
    """The news as they come. Not for several threads at once."""

    position: int = 0
    told: dict[int, int] = field(default_factory=dict)
    """What was told of transactions at or after the position: event to transaction."""

    def begin(self) -> None:
        """Go on from now: what can be seen already counts as told."""
        self.position = present_position()
        rows = CaseEvent.objects.filter(xid__gte=self.position).order_by()
        self.told = dict(rows.values_list("pk", "xid"))

    def news(self) -> Sequence[Happened] | None:
        """What happened since the last time. None where it was too much: all should load anew."""
        settled = present_position()  # asked first: what is below it can be seen by what is asked next
        news = happened_since(self.position, but=self.told)
        if news is None:
            self.begin()
            return None
        told = self.told | {one.pk: one.xid for one in news}
        self.told = {pk: xid for pk, xid in told.items() if xid >= settled}
        self.position = settled
        return news
