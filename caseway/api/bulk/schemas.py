"""What bulk operations take and give."""

from datetime import datetime
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from caseway.api.http.answers import In, Out, choices_of
from caseway.cases.bulk.choosing import MOST_TICKED
from caseway.cases.models import Bulk, BulkCase

Line = Annotated[str, Field(max_length=2000)]
Operation = Annotated[str, choices_of(Bulk.Operation)]


class NewBulk(In):
    """An operation, and the cases: by `numbers`, or all that `filter` finds.

    `assign` takes `owner` (an address), `team` a `team`, `type` a `type`, `tag` the `tags` to add,
    `priority` a `priority`, `close` a `reason` and a `note`, `merge` the number of the case that
    goes on as `into`. `assign` and `team` take a `note` too.
    """

    operation: Line
    numbers: list[Line] | None = Field(None, max_length=MOST_TICKED)
    filter: Annotated[str, Field(max_length=4000)] | None = Field(
        None, description="The query of `GET /cases`, such as `view=new&type=lost`"
    )
    owner: Line | None = None
    team: Line | None = None
    type: Line | None = None
    tags: list[Line] | None = Field(None, max_length=100)
    priority: Line | None = None
    reason: Line | None = None
    note: Annotated[str, Field(max_length=4000)] = ""
    into: Line | None = None

    @model_validator(mode="after")
    def one_choice(self) -> Self:
        """Cases are named in one of the two ways."""
        if (self.numbers is None) is (self.filter is None):
            raise ValueError("name cases by `numbers` or by `filter`, one of the two")
        return self

    def told(self) -> dict[str, Any]:
        """What the operation is told."""
        return self.model_dump(exclude={"operation", "numbers", "filter"})


class BulkOut(Out):
    """How far a bulk operation is. Numbers of cases by what became of them."""

    id: str
    operation: Operation
    state: Annotated[str, choices_of(Bulk.State)]
    asked_at: datetime
    finished_at: datetime | None
    total: int | None = Field(description="null until the cases are gathered")
    waiting: int
    done: int
    same: int = Field(description="Were so already")
    failed: int
    undone: int
    left: int = Field(description="Changed by somebody since, so not set back")
    undoable: bool


class BulkCaseOut(Out):
    """One case of a bulk operation."""

    number: str
    state: Annotated[str, choices_of(BulkCase.State)]
    why: str = Field(description="Why it was not done, or not set back")
