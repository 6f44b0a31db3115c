"""What is given and taken of saved views."""

from datetime import datetime
from typing import Annotated, Literal
from urllib.parse import parse_qs, urlencode

from pydantic import Field

from caseway.api.cases.schemas import Named
from caseway.api.http.answers import In, Out
from caseway.cases.models import SavedView
from caseway.cases.views.columns import COLUMNS
from caseway.cases.views.saving.queries import scope_of

Scope = Literal["own", "team"]
Grouping = Literal["", "none", "deadline", "court", "owner"]
Id = Annotated[str, Field(min_length=1, max_length=64)]
Name = Annotated[str, Field(max_length=1_000)]
Value = Annotated[str, Field(max_length=500)]
Filters = Annotated[
    dict[Annotated[str, Field(max_length=80)], list[Value]],
    Field(
        max_length=60,
        description="Parameters of `GET /cases`, `view` and `sort` among them, each with its values",
    ),
]
ColumnNames = Annotated[
    list[Annotated[str, Field(max_length=40)]],
    Field(max_length=60, description="In their order; none for those of every list: " + ", ".join(COLUMNS)),
]


class SavedViewOut(Out):
    """A saved view. `opens_desk` says whether your desk begins with it."""

    id: str
    name: str
    scope: Scope
    team: Named | None
    filters: dict[str, list[str]]
    columns: list[str]
    grouping: Grouping
    opens_desk: bool
    updated_at: datetime
    version: int


class SavedViewIn(In):
    """A new saved view."""

    name: Name
    filters: Filters = {}
    columns: ColumnNames = []
    grouping: Grouping = ""
    scope: Scope = "own"
    team: Id | None = Field(None, description="Where `scope` is `team`")
    opens_desk: bool = Field(False, strict=True)


class SavedViewChanges(In):
    """Fields to change; what is left out stays. `opens_desk` is everybody's own, also of a team's view."""

    name: Name | None = None
    filters: Filters | None = None
    columns: ColumnNames | None = None
    grouping: Grouping | None = None
    scope: Scope | None = None
    team: Id | None = None
    opens_desk: bool | None = Field(None, strict=True)


def query_from(filters: dict[str, list[str]]) -> str:
    """The filters as a query string."""
    return urlencode([(name, value) for name, values in filters.items() for value in values])


def shown(stored: SavedView, *, opens_desk: bool) -> SavedViewOut:
    """The view as its readers see it."""
    return SavedViewOut(
        id=str(stored.pk),
        name=stored.name,
        scope=scope_of(stored),  # type: ignore[arg-type]
        team=Named(id=str(stored.team_id), name=stored.team.name) if stored.team else None,
        filters=parse_qs(stored.query),
        columns=stored.columns,
        grouping=stored.grouping,  # type: ignore[arg-type]
        opens_desk=opens_desk,
        updated_at=stored.updated_at,
        version=stored.version,
    )
