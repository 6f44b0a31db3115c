"""How the organisation's active cases stand: overdue, due today, and older than its views reach."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.timezone import localdate

from caseway.accounts.viewer import Viewer
from caseway.cases.models import Side
from caseway.cases.views.counts import capped_counts
from caseway.cases.views.filters import CaseFilter, reaches_back_to
from caseway.cases.views.named import IS_ACTIVE, View
from caseway.core.clock import now

from .stretches import midnight


@dataclass(frozen=True)
class Standing:
    """Figures of all that the viewer sees, each up to a thousand, and the queries of their lists.

    `today` is the whole day of the reader's, so that its list, which goes by days, holds just as many:
    what was due this morning is among both.

    Active cases older than the policy's months stand in the views all the same: the figure says that
    there are such, and opens them.
    """

    overdue: int
    overdue_query: str
    today: int
    today_query: str
    older: int
    older_query: str


def standing_of(viewer: Viewer) -> Standing:
    """The figures; one query, each of its parts the beginning of an index."""
    today, moment = localdate(now()), now()
    by_deadline = CaseFilter(sort="deadline")
    until_today = by_deadline.having({"deadline.before": [today.isoformat()]})
    of_today = until_today.having({"deadline.after": [today.isoformat()]})
    last_old_day = (reaches_back_to(viewer) - timedelta(days=1)).date()
    older = CaseFilter(view=View.ALL).having(
        {"status": ["active"], "created.before": [last_old_day.isoformat()]}
    )
    active = Side.objects.visible_to(viewer).filter(IS_ACTIVE)
    counts = capped_counts(
        [
            active.filter(deadline__lt=moment),
            active.filter(deadline__gte=midnight(today), deadline__lt=midnight(today + timedelta(days=1))),
            older.sides(viewer),
        ]
    )
    return Standing(
        overdue=counts[0],
        overdue_query=until_today.query_string(),
        today=counts[1],
        today_query=of_today.query_string(),
        older=counts[2],
        older_query=older.query_string(),
    )
