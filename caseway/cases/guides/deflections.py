"""How many cases were spared: what guides and the status of shipments answered, in one count."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date

from django.db.models import Count
from django.db.models.functions import TruncDate

from caseway.accounts.models import Organisation
from caseway.cases.models import GuideUse
from caseway.shipments.models import StatusAnswer


@dataclass(frozen=True)
class Deflected:
    """Questions of an organisation's customers that were answered on a day (of UTC) without a case."""

    day: date
    by_guides: int = 0
    by_status: int = 0

    @property
    def total(self) -> int:
        """All of them. Who says it of a guide and of a shipment had two questions."""
        return self.by_guides + self.by_status


def deflected(organisation: Organisation, first: date, last: date) -> list[Deflected]:
    """Each day from `first` to `last` on which there were any, in order. Two queries.

    Only what a customer said counts, and nothing that was followed by a case within 24 hours: a
    figure of the last day may still fall.
    """
    found: dict[date, dict[str, int]] = defaultdict(dict)
    for day, count in _by_guides(organisation, first, last):
        found[day]["by_guides"] = count
    for day, count in _by_status(organisation, first, last):
        found[day]["by_status"] = count
    return [Deflected(day, **counts) for day, counts in sorted(found.items())]


def _by_guides(organisation: Organisation, first: date, last: date) -> list[tuple[date, int]]:
    solved = GuideUse.objects.filter(kind=GuideUse.Kind.SOLVED, guide__organisation=organisation)
    days = solved.annotate(day=TruncDate("at", tzinfo=UTC)).filter(day__gte=first, day__lte=last)
    return list(days.values_list("day").annotate(n=Count("pk")).order_by())


def _by_status(organisation: Organisation, first: date, last: date) -> list[tuple[date, int]]:
    solved = StatusAnswer.objects.filter(organisation=organisation, solved_at__isnull=False)
    days = solved.annotate(on=TruncDate("solved_at", tzinfo=UTC)).filter(on__gte=first, on__lte=last)
    return list(days.values_list("on").annotate(n=Count("pk")).order_by())
