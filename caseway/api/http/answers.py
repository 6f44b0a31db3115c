"""Answers: a schema's value as JSON, lists with the cursor of their next page."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Generic, TypeVar

from django.db.models import TextChoices
from django.http import HttpResponse
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    WithJsonSchema,
)

T = TypeVar("T")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")


class Out(BaseModel):
    """What the API gives: exactly these fields and no other."""

    model_config = ConfigDict(extra="forbid")


class In(BaseModel):
    """What the API takes: a field that it doesn't know is refused."""

    model_config = ConfigDict(extra="forbid", str_max_length=200_000)


class ListOf(Out, Generic[T]):
    """One page of a list."""

    items: list[T]
    next: str | None = Field(description="The `cursor` of the next page; null at the end")


def _as_text(sent: object) -> object:
    """What is written as a date and a time; numbers, which would be taken for seconds, are neither."""
    if isinstance(sent, str | int | float) and not _DATE.match(str(sent)):
        raise ValueError("write the moment as RFC 3339 has it, such as 2026-01-31T08:00:00Z")
    return sent


def _within_reason(moment: datetime) -> datetime:
    """In UTC, within what every database and program can hold."""
    if not 1900 <= moment.year <= 9000:
        raise ValueError("the year must be between 1900 and 9000")
    return moment.astimezone(UTC)


Moment = Annotated[AwareDatetime, BeforeValidator(_as_text), AfterValidator(_within_reason)]
"""A moment that somebody sends: RFC 3339, any offset."""


def answer(value: BaseModel, *, status: int = 200, headers: Mapping[str, str] | None = None) -> HttpResponse:
    """`value` as JSON."""
    response = HttpResponse(value.model_dump_json(), status=status, content_type="application/json")
    for name, content in (headers or {}).items():
        response.headers[name] = content
    return response


def choices_of(*enumerations: type[TextChoices]) -> WithJsonSchema:
    """Describes enumerations in place, as one: several of ours are called `Status` or `Kind`."""
    values = [value for enumeration in enumerations for value in enumeration.values]
    return WithJsonSchema({"type": "string", "enum": values})
