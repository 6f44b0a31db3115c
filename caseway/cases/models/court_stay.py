"""Where the court of a side was, and for how long: what waiting is counted from."""

from django.db import models

from caseway.cases.types import Court

from .side import Side


class CourtStay(models.Model):
    """One finished stay of the court, as one organisation sees it. No row is ever changed.

    The stay that lasts stands on the side itself (`court`, `court_since`): together they leave no gap.
    """

    side = models.ForeignKey(Side, models.CASCADE, related_name="court_stays")
    court = models.CharField(max_length=8, choices=Court)
    since = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(until__gt=models.F("since")), name="court_stay_lasts"),
            models.UniqueConstraint(fields=["side", "since"], name="court_stay_once"),
        ]

    def __str__(self) -> str:
        return f"{self.side_id} {self.court}"
