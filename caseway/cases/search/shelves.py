"""Whose a text is and when it was written, as words of its document.

An index of words knows nothing else: of a word that stands in two of a hundred texts it would give all of
everybody's, and each would have to be fetched to find the newest thousand of one organisation. With
these words among them it gives the newest alone. None of them can be typed: typed words have no `=`.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import (
    SearchQuery,
    SearchQueryCombinable,
    SearchQueryField,
    SearchVectorField,
)
from django.db.models import Func, TextField, Value

DAY = 24 * 3600
SPANS = {"d": DAY, "w": 7 * DAY, "m": 28 * DAY, "y": 364 * DAY}
"""How long each span is, in seconds; they are counted from the beginning of 1970 (UTC)."""
WINDOWS = (("d", 4), ("w", 3), ("m", 5), ("y", 3))
"""How far back is looked first, then, ..: in spans, the present one among them. At last, everywhere."""


def shelf_of(organisation_id: int, at: datetime) -> list[str]:
    """The words of a text of this organisation that was written at this moment."""
    seconds = int(at.timestamp())
    return [f"o={organisation_id}", *(f"{name}={seconds // span}" for name, span in SPANS.items())]


def on_shelf(words: Any, organisation_id: int, at: datetime) -> Func:
    """The document of `words` with those of its shelf."""
    shelf = Func(
        Value(shelf_of(organisation_id, at), ArrayField(TextField())),
        function="array_to_tsvector",
        output_field=SearchVectorField(),
    )
    joined: dict[str, Any] = {
        "template": "(%(expressions)s)",
        "arg_joiner": " || ",
        "output_field": SearchVectorField(),
    }
    return Func(words, shelf, **joined)


def newest_first(organisation_id: int, at: datetime) -> "Iterator[Shelves]":
    """Where to look for the newest texts of an organisation at this moment, one after the other: each
    window has those before it in it, and the last has all.
    """
    seconds = int(at.timestamp())
    for name, count in WINDOWS:
        last = seconds // SPANS[name] + 1  # clocks differ
        yield Shelves(organisation_id, [f"{name}={last - back}" for back in range(count + 1)])
    yield Shelves(organisation_id, [])


class Shelves(SearchQueryCombinable, Func):  # type: ignore[misc]  # as Django's own SearchQuery is
    """The condition that a document stands on one of these shelves of an organisation."""

    template = "%(expressions)s::tsquery"
    output_field = SearchQueryField()
    config = None

    def __init__(self, organisation_id: int, spans: list[str]) -> None:
        any_of_them = " | ".join(f"'{span}'" for span in spans)
        super().__init__(Value(f"'o={organisation_id}'" + (f" & ({any_of_them})" if spans else "")))


def words_query(tsquery: str) -> SearchQuery:
    """What a text has to meet, as `to_tsquery` reads it."""
    return SearchQuery(tsquery, config="simple", search_type="raw")
