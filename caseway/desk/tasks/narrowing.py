"""How a board is narrowed by its address: team, whose, when due."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from caseway.accounts.models import Team
from caseway.accounts.viewer import Viewer
from caseway.cases.tasks.queries import Due, Whose

MINE, NOBODYS = "me", "nobody"


@dataclass(frozen=True)
class Narrowing:
    """What the address asks for; what it doesn't know is left out, as if nothing was asked."""

    team: Team | None
    who: str
    due: Due | None

    @classmethod
    def from_query(cls, query: QueryDict, viewer: Viewer) -> "Narrowing":
        """The narrowing that a query string asks for; teams are the viewer's organisation's only."""
        key, who = query.get("team", ""), query.get("who", "")
        known = key.isascii() and key.isdecimal() and len(key) < 19
        team = Team.objects.filter(organisation=viewer.us, pk=int(key)).first() if known else None
        due = next((one for one in Due if one.value == query.get("due")), None)
        return cls(team, who if who in (MINE, NOBODYS) else "", due)

    @property
    def whose(self) -> Whose:
        """The tasks that it leaves."""
        return Whose(team=self.team, mine=self.who == MINE, nobodys=self.who == NOBODYS, due=self.due)

    @property
    def query(self) -> str:
        """The query string that asks for the same."""
        pairs = {"team": str(self.team.pk) if self.team else "", "who": self.who}
        pairs["due"] = self.due.value if self.due else ""
        return urlencode({name: value for name, value in pairs.items() if value})


def who_choices() -> list[tuple[str, str]]:
    """Whose tasks may be shown, as (value, label)."""
    return [("", _("Everybody's")), (MINE, _("Mine")), (NOBODYS, _("Nobody's yet"))]


def due_choices() -> list[tuple[str, str]]:
    """When they may be due, as (value, label)."""
    words = {
        Due.OVERDUE: _("Overdue"),
        Due.TODAY: _("Due by tonight"),
        Due.WEEK: _("Due within a week"),
        Due.NONE: _("Without a date"),
    }
    return [("", _("Any time")), *((due.value, label) for due, label in words.items())]
