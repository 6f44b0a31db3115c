"""Fields whose values are rows of an organisation's own lists: brands, teams, priorities …"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.utils.translation import pgettext

from caseway.accounts.viewer import Viewer
from caseway.cases.views.field import NO_SUCH_CHOICE, Choice, Field, Group, Kind
from caseway.cases.views.operators import EITHER, Operator

if TYPE_CHECKING:
    # Comes with the tools of development only.
    from django_stubs_ext import StrOrPromise

NONE = "none"
"""The value for sides of which the field is empty."""
MOST_OFFERED = 200
Rows = Callable[[Viewer], "QuerySet[Any]"]


@dataclass(frozen=True)
class Listed:
    """The rows that a field may name: `key` is the column that stands in addresses, `says` a row's name,
    `kin` tells which further rows count for the chosen ones, `is_short` whether a page can offer all."""

    rows: Rows
    key: str = "pk"
    says: Callable[[Any], str] = str
    kin: Callable[[Sequence[int]], Q] | None = None
    is_short: bool = True


def row_field(
    name: str,
    label: "StrOrPromise",
    column: str,
    listed: Listed,
    *,
    group: Group = Group.CASE,
    carriers_label: "StrOrPromise" = "",
    meaning: str = "",
) -> Field:
    """A field of a column of the side that refers to a row of `listed`, or to none."""
    rows, key, says, kin = listed.rows, listed.key, listed.says, listed.kin

    def named(values: Sequence[str], viewer: Viewer) -> "QuerySet[Any]":
        return rows(viewer).filter(**{f"{key}__in": [value for value in values if value != NONE]})

    def keys_of(values: Sequence[str], viewer: Viewer) -> list[int]:
        return list(named(values, viewer).values_list("pk", flat=True)) if set(values) != {NONE} else []

    def refers(_operator: Operator, values: Sequence[str], viewer: Viewer) -> Q:
        found = [int(one) for one in values if one != NONE] if key == "pk" else keys_of(values, viewer)
        if kin is not None and found:
            found += rows(viewer).filter(kin(found)).values_list("pk", flat=True)
        wanted = Q(**{f"{column}__in": sorted(set(found))})
        return wanted | Q(**{f"{column}__isnull": True}) if NONE in values else wanted

    def words(values: Sequence[str], viewer: Viewer) -> list[str]:
        known = {str(getattr(row, key)): says(row) for row in named(values, viewer)}
        return [pgettext("no value", "none") if one == NONE else known.get(one, one) for one in values]

    def offered(viewer: Viewer) -> list[Choice]:
        return [Choice(str(getattr(row, key)), says(row)) for row in rows(viewer)[:MOST_OFFERED]]

    return Field(
        name,
        label,
        Kind.CHOICE,
        group,
        EITHER,
        refers,
        parse=_id if key == "pk" else _slug,
        words=words,
        choices=offered if listed.is_short else None,
        meaning=meaning,
        carriers_label=carriers_label,
    )


def _id(typed: str) -> tuple[str, ...]:
    if typed != NONE and not (typed.isascii() and typed.isdecimal() and len(typed) < 19):
        raise ValueError(NO_SUCH_CHOICE)
    return (typed if typed == NONE else str(int(typed)),)


def _slug(typed: str) -> tuple[str, ...]:
    if not typed.isascii() or len(typed) > 50:
        raise ValueError(NO_SUCH_CHOICE)
    return (typed,)
