"""Who is at which case right now."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import F

from caseway.accounts.viewer import Viewer
from caseway.core.clock import now
from caseway.core.ui.people import hue, initials
from caseway.live.models import Presence


@dataclass(frozen=True)
class Place:
    """A case, as one organisation's people sit around it."""

    case_id: int
    number: str
    organisation_id: int


@dataclass(frozen=True, order=True)
class Guest:
    """Somebody who has the case open."""

    name: str
    person_id: int
    email: str
    is_writing: bool

    def as_json(self) -> dict[str, object]:
        """What a colleague's browser shows: the parts of an avatar and of a sentence."""
        return {
            "name": self.name,
            "initials": initials(self.name),
            "hue": hue(self.email),
            "writing": self.is_writing,
        }


Table = Mapping[Place, frozenset[Guest]]


def present_now() -> Table:
    """Everybody who is at a case, by case and organisation; one query."""
    rows = Presence.objects.filter(here_until__gt=now()).values_list(
        "case_id",
        F("case__number"),
        "organisation_id",
        F("person__name"),
        "person_id",
        F("person__email"),
        "writing_until",
    )
    table: dict[Place, set[Guest]] = defaultdict(set)
    moment = now()
    for case, number, organisation, name, person, email, writing_until in rows:
        writes = writing_until is not None and writing_until > moment
        table[Place(case, number, organisation)].add(Guest(name or email, person, email, writes))
    return {place: frozenset(guests) for place, guests in table.items()}


def others_at(guests: frozenset[Guest], viewer: Viewer) -> list[dict[str, object]]:
    """The guests but the viewer, by name, as JSON."""
    return [guest.as_json() for guest in sorted(guests) if guest.person_id != viewer.person_id]
