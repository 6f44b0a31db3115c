"""What is given and taken of canned answers."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from caseway.api.cases.schemas import Named
from caseway.api.http.answers import In, Out
from caseway.cases.canned.actions import scope_of
from caseway.cases.canned.variables import VARIABLES, names_in
from caseway.cases.models import CannedAnswer

Scope = Literal["own", "team", "organisation"]
Title = Annotated[str, Field(max_length=1_000)]
Body = Annotated[
    str,
    Field(
        max_length=100_000,
        description="With variables: " + ", ".join(f"{{{{{name}}}}}" for name in VARIABLES),
    ),
]
Id = Annotated[str, Field(min_length=1, max_length=64)]


class CannedAnswerOut(Out):
    """A canned answer."""

    id: str
    title: str
    body: str
    scope: Scope
    team: Named | None
    variables: list[str]
    updated_at: datetime
    version: int


class CannedAnswerIn(In):
    """A new canned answer."""

    title: Title
    body: Body
    scope: Scope = "own"
    team: Id | None = Field(None, description="Where `scope` is `team`")


class CannedAnswerChanges(In):
    """Fields to change; what is left out stays."""

    title: Title | None = None
    body: Body | None = None
    scope: Scope | None = None
    team: Id | None = None


class FilledOut(Out):
    """A canned answer with the values of a case."""

    text: str
    blanks: int = Field(description="How many variables have no value here; they stay in brackets")


def shown(stored: CannedAnswer) -> CannedAnswerOut:
    """The answer as its readers see it."""
    return CannedAnswerOut(
        id=str(stored.pk),
        title=stored.title,
        body=stored.body,
        scope=scope_of(stored),  # type: ignore[arg-type]
        team=Named(id=str(stored.team_id), name=stored.team.name) if stored.team else None,
        variables=names_in(stored.body),
        updated_at=stored.updated_at,
        version=stored.version,
    )
