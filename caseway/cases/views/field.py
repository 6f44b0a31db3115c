"""What a field of the filter is made of, and one condition that names a field."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from caseway.accounts.viewer import Viewer

from .operators import Operator

if TYPE_CHECKING:
    # Comes with the tools of development only.
    from django_stubs_ext import StrOrPromise

LONGEST = 160
MOST_VALUES = 100


class Kind(Enum):
    """How a field is asked for on a page."""

    CHOICE = "choice"
    """Boxes of what its `choices` give."""
    PERSON = "person"
    """The same, and any further colleague's address may be written."""
    TEXT = "text"
    """A line to write into."""
    DAY = "day"
    """Two days."""


class Group(Enum):
    """Under which heading a field is offered."""

    CASE = "case"
    PEOPLE = "people"
    SHIPMENT = "shipment"
    DATES = "dates"

    @property
    def label(self) -> str:
        """The heading."""
        return {
            Group.CASE: _("Case"),
            Group.PEOPLE: _("People"),
            Group.SHIPMENT: _("Shipment"),
            Group.DATES: _("Dates"),
        }[self]


@dataclass(frozen=True)
class Choice:
    """A value that can be chosen, with its name."""

    value: str
    label: str


Condition = Callable[[Operator, Sequence[str], Viewer], Q]
"""What a positive operator and its values, any of which will do, ask of a side."""


def as_written(typed: str) -> tuple[str, ...]:
    """The value as it was typed. Raises ValueError where it is too long."""
    if len(typed) > LONGEST:
        raise ValueError(_("Keep it under %(limit)s characters.") % {"limit": LONGEST})
    return (typed,)


def no_words(values: Sequence[str], _viewer: Viewer) -> list[str]:
    """Values that say themselves what they mean."""
    return list(values)


@dataclass(frozen=True, eq=False)
class Field:
    """One field of the filter: this declaration is all there is of it.

    `parse` gives the values that a typed one stands for, in the form in which they are kept (parsing
    those again changes nothing), and raises ValueError with words for a person. `words` are the
    values as a reader knows them, `choices` what a page offers (None: nothing can be listed).
    `otherwise` is the condition of negative operators where that isn't all that the positive leaves.
    """

    name: str
    label: "StrOrPromise"
    kind: Kind
    group: Group
    operators: tuple[Operator, ...]
    condition: Condition
    parse: Callable[[str], tuple[str, ...]] = as_written
    words: Callable[[Sequence[str], Viewer], list[str]] = no_words
    choices: Callable[[Viewer], list[Choice]] | None = None
    otherwise: Condition | None = None
    values: tuple[str, ...] = ()
    """All that it may be asked for, where that is the same for everybody."""
    meaning: str = ""
    """What the API's description says of it, in English."""
    carriers_label: "StrOrPromise" = ""
    """Its name at a carrier's desk, where that is another one."""

    def label_for(self, viewer: Viewer) -> str:
        """Its name as the viewer's organisation says it."""
        if self.carriers_label and viewer.organisation and viewer.organisation.kind == "carrier":
            return str(self.carriers_label)
        return str(self.label)

    def parameter(self, operator: Operator) -> str:
        """Its name in an address."""
        return f"{self.name}.{operator.value}" if operator.value else self.name

    def values_of(self, typed: Sequence[str]) -> tuple[str, ...]:
        """What these parameters of an address stand for, each once; blank ones are nothing.

        Raises ValueError with words for a person.
        """
        written = [value.strip() for value in typed if value.strip()]
        if self.kind is Kind.DAY:
            written = written[-1:]
        found = tuple(dict.fromkeys(value for one in written for value in self.parse(one)))
        if len(found) > MOST_VALUES:
            raise ValueError(_("Choose %(most)s at most.") % {"most": MOST_VALUES})
        return found


@dataclass(frozen=True)
class Term:
    """A field in force: how it is compared, and the values of which any will do."""

    field: Field
    operator: Operator
    values: tuple[str, ...]

    @property
    def parameter(self) -> str:
        """Its name in an address."""
        return self.field.parameter(self.operator)

    def condition(self, viewer: Viewer) -> Q:
        """What it asks of a side. "Not" keeps all that fits none of the values, what has no value too."""
        if not self.operator.is_negative:
            return self.field.condition(self.operator, self.values, viewer)
        positive = self.operator.positive
        if self.field.otherwise:
            return self.field.otherwise(positive, self.values, viewer)
        return ~self.field.condition(positive, self.values, viewer)


NO_SUCH_CHOICE = gettext_lazy("There is no such choice.")
