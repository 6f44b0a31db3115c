"""What the filters of the portal's lists share: made from an address, written to one, counted by state."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, ClassVar, Self
from urllib.parse import urlencode

from django.db.models import Count, QuerySet

from caseway.core.text import clean_line

LONGEST = 80


@dataclass(frozen=True)
class Narrowing:
    """Which rows of a list are shown. Whatever an address has wrong is left out."""

    CHOICES: ClassVar[Mapping[str, Collection[str]]] = {}
    """By field, the values that an address may give; "" leaves it open."""

    q: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> Self:
        """The filter that an address asks for."""
        chosen = {name: query.get(name, "") for name in cls.CHOICES}
        kept = {name: value for name, value in chosen.items() if value in cls.CHOICES[name]}
        return cls(q=clean_line(query.get("q", ""), LONGEST), **kept)

    def address(self, **changed: str) -> str:
        """The query of the address that shows this filter with some of it changed."""
        other = replace(self, **changed)
        pairs = [(field.name, getattr(other, field.name)) for field in fields(other)]
        return "?" + urlencode([(name, value) for name, value in pairs if value])

    @property
    def narrows(self) -> bool:
        """Whether it leaves anything out."""
        return self != type(self)()


def counted_by_state(
    rows: "QuerySet[Any]", states: "Mapping[str, tuple[object, Collection[str]]]"
) -> dict[str, int]:
    """How many rows have one of the statuses that each state stands for: one query."""
    found = rows.order_by().values_list("status").annotate(n=Count("pk", distinct=True))
    by_status = dict(found)
    return {
        state: sum(by_status.get(status, 0) for status in statuses)
        for state, (_label, statuses) in states.items()
    }
