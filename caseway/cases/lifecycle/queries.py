"""Cases that wait for the clock."""

from django.db.models import QuerySet

from caseway.cases.models import Case
from caseway.core.clock import now


def cases_to_wake() -> QuerySet[Case]:
    """Suspended cases whose wake-up date has come, longest due first."""
    return Case.objects.filter(suspensions__ended_at=None, suspensions__until__lte=now()).order_by(
        "suspensions__until"
    )
