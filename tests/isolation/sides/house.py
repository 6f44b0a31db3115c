"""One of the two organisations: its people, and words that it keeps for itself."""

from dataclasses import dataclass, field

from caseway.accounts.models import Membership, Person
from caseway.accounts.viewer import Viewer, agent_viewer
from caseway.cases.models import Case


@dataclass
class House:
    """An organisation with an agent who owns, an administrator, and every word that is its own."""

    name: str
    agent: Person
    colleague: Person
    admin: Person
    customer: Viewer | None = None
    cases: list[Case] = field(default_factory=list)
    """Those that its people see."""
    words: list[str] = field(default_factory=list)
    ids: dict[str, str] = field(default_factory=dict)
    """Of what its cases have: a priority, a category, a team, by which they can be asked for."""

    def at_desk(self, person: Person) -> Viewer:
        """The person's viewer, with their seat as it is now."""
        return agent_viewer(Membership.objects.get(person=person))

    def keep(self, what: str) -> str:
        """A new word of its own; nobody else may ever read it."""
        self.words.append(f"{self.name}{len(self.words):04d}{what}")
        return self.words[-1]
