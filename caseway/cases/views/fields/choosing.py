"""Fields of a fixed list of values, such as statuses and types."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from django.db.models import Q

from caseway.accounts.viewer import Viewer
from caseway.cases.views.field import NO_SUCH_CHOICE, Choice, Condition, Field, Group, Kind
from caseway.cases.views.operators import EITHER, Operator

if TYPE_CHECKING:
    # Comes with the tools of development only.
    from django_stubs_ext import StrOrPromise

Labels = Mapping[str, "StrOrPromise"]


def choice_field(
    name: str,
    label: "StrOrPromise",
    labels: Labels,
    condition: Condition,
    *,
    group: Group = Group.CASE,
    operators: tuple[Operator, ...] = EITHER,
    otherwise: Condition | None = None,
    meaning: str = "",
) -> Field:
    """A field whose values are the keys of `labels`, in their order."""
    return Field(
        name,
        label,
        Kind.CHOICE,
        group,
        operators,
        condition,
        parse=among(labels),
        words=lambda values, _viewer: [str(labels[value]) for value in values],
        choices=lambda _viewer: [Choice(value, str(words)) for value, words in labels.items()],
        otherwise=otherwise,
        values=tuple(labels),
        meaning=meaning,
    )


def column_in(column: str) -> Condition:
    """The condition that a column of the side holds one of the values."""

    def holds(_operator: Operator, values: Sequence[str], _viewer: Viewer) -> Q:
        return Q(**{f"{column}__in": sorted(values)})

    return holds


def among(known: Labels) -> Callable[[str], tuple[str, ...]]:
    """Reads a value that has to be one of these."""

    def parse(typed: str) -> tuple[str, ...]:
        if typed not in known:
            raise ValueError(NO_SUCH_CHOICE)
        return (typed,)

    return parse
