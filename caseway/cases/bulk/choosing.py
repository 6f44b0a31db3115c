"""Which cases a bulk operation is for: those ticked, or all that a filter finds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from caseway.accounts.viewer import Viewer
from caseway.cases.models import Side
from caseway.cases.views.filters import CaseFilter
from caseway.core.errors import Invalid

MOST_TICKED = 500
MOST = 10_000


@dataclass(frozen=True)
class Choice:
    """Cases by number, or all that `filter` finds of those that were there `as_of`.

    Of a filter the words are kept, not what it found: the viewer's sight is asked again when the
    job begins. What came after somebody looked at the list was not meant.
    """

    numbers: tuple[str, ...] = ()
    filter: CaseFilter | None = None
    as_of: datetime | None = None

    def sides(self, viewer: Viewer) -> QuerySet[Side]:
        """The viewer's own sides of the chosen cases, as far as they see them now."""
        if self.filter is None:
            return Side.objects.visible_to(viewer).filter(case__number__in=self.numbers)
        found = self.filter.sides(viewer)
        return found.filter(created_at__lte=self.as_of) if self.as_of else found

    def count(self, viewer: Viewer) -> int:
        """How many cases were chosen, as far as `MOST` and one."""
        return self.sides(viewer).order_by()[: MOST + 1].count()


def ticked(numbers: Sequence[str]) -> Choice:
    """The cases with these numbers. Raises Invalid at `numbers` for none and for too many."""
    once = tuple(dict.fromkeys(number.strip().upper() for number in numbers if number.strip()))
    if not once:
        raise Invalid({"numbers": _("Choose at least one case.")})
    if len(once) > MOST_TICKED:
        words = _("Choose %(most)s cases at most one by one, or all that a filter finds.")
        raise Invalid({"numbers": words % {"most": MOST_TICKED}})
    return Choice(numbers=once)


def filtered(query: str, as_of: datetime) -> Choice:
    """All that the filter of this query string finds. Raises Invalid at its parameters."""
    return Choice(filter=CaseFilter.from_query(dict(QueryDict(query).lists())), as_of=as_of)


def check(choice: Choice, viewer: Viewer) -> int:
    """How many cases there are to work on.

    Raises Invalid at `numbers` where one is not there for this viewer (told alike, whether it is
    another's or nobody's), and where there are too many.
    """
    found = choice.count(viewer)
    if choice.filter is None and found < len(choice.numbers):
        seen = set(choice.sides(viewer).values_list("case__number", flat=True))
        missing = ", ".join([number for number in choice.numbers if number not in seen][:5])
        raise Invalid({"numbers": _("There is no such case: %(numbers)s") % {"numbers": missing}})
    if found > MOST:
        words = _("These are more than %(most)s cases. Narrow the filter, and go in steps.")
        raise Invalid({"numbers": words % {"most": MOST}})
    if not found:
        raise Invalid({"numbers": _("There is no case to work on.")})
    return found
