"""What the hosts' people have to do on some of their cases."""

import random
from datetime import timedelta

from caseway.cases.models import TaskStatus

from .plots import Plot
from .tables import Tables

WITH_TASKS = 0.05
"""The share of cases on which something has to be done: some thousands of 100,000."""
TITLES = ("Call the driver", "Check the photos", "File the claim", "Send the papers", "Find the pallet")


class TaskMaker:
    """Makes tasks into `tables`."""

    def __init__(self, tables: Tables, chance: random.Random) -> None:
        self.tables, self.chance = tables, chance

    def make(self, plot: Plot) -> None:
        """One to three tasks of the host, or none; those of solved cases are done."""
        if plot.owner is None or self.chance.random() >= WITH_TASKS:
            return
        for _n in range(self.chance.randint(1, 3)):
            self._one(plot, plot.owner)

    def _one(self, plot: Plot, owner: int) -> None:
        chance, tenant, at = self.chance, plot.tenant, plot.last
        waits = plot.status.is_active
        status = chance.choice((TaskStatus.OPEN, TaskStatus.IN_PROGRESS)) if waits else TaskStatus.DONE
        assignee = chance.choice(tenant.agents) if chance.random() < 0.7 else None
        self.tables.tasks.add(
            plot.key, tenant.organisation.pk, chance.choice(TITLES), "", None, assignee,
            chance.choice(tenant.teams), chance.choice(tenant.priorities),
            at + timedelta(hours=chance.randint(-24, 72)), status, "", owner, at, at,
            None if waits else plot.closed or at, None if waits else assignee or owner, 1,
        )  # fmt: skip
