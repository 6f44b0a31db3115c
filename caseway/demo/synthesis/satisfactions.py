"""What some customers answered when their case was closed."""

import random
from datetime import timedelta

from caseway.cases.types import Verdict

from .plots import Plot
from .tables import Tables

ANSWERED = 0.06
"""The share of closings that are answered: a few thousand of 100,000 cases."""
VERDICTS = {Verdict.GOOD: 7, Verdict.MIXED: 2, Verdict.POOR: 1}


class SatisfactionMaker:
    """Makes answers into `tables`."""

    def __init__(self, tables: Tables, chance: random.Random) -> None:
        self.tables, self.chance = tables, chance

    def make(self, plot: Plot, closure: int) -> None:
        """The answer to this closing, if there is one."""
        if plot.closed is None or self.chance.random() >= ANSWERED:
            return
        verdict = self.chance.choices(list(VERDICTS), list(VERDICTS.values()))[0]
        comment = "" if verdict is Verdict.GOOD else "It took long until somebody answered."
        at = plot.closed + timedelta(minutes=self.chance.randint(1, 90))
        self.tables.satisfactions.add(
            plot.key, closure, plot.tenant.organisation.pk, plot.contact[0], verdict, comment,
            self.chance.choice(("mail", "portal")), at,
        )  # fmt: skip
