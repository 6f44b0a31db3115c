"""What came of a feed."""

from dataclasses import dataclass, field
from enum import Enum

from .rows import Refusal


class Outcome(Enum):
    """What happened to one shipment."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass
class Report:
    """Counts of shipments by outcome; records refused, each with its reason."""

    outcomes: dict[Outcome, int] = field(default_factory=lambda: dict.fromkeys(Outcome, 0))
    refused: list[Refusal] = field(default_factory=list)
    ignored_columns: list[str] = field(default_factory=list)

    def count(self, outcomes: list[Outcome]) -> None:
        """Add the outcomes of a batch."""
        for outcome in outcomes:
            self.outcomes[outcome] += 1

    def summary(self) -> str:
        """One line: `12 created, 3 updated, 40 unchanged, 1 refused`."""
        counts = [f"{count} {outcome.value}" for outcome, count in self.outcomes.items()]
        return ", ".join([*counts, f"{len(self.refused)} refused"])
