"""What is given and taken of a list's rows, made from the list's own declaration."""

from typing import Any

from pydantic import Field, StrictBool, create_model

from caseway.api.http.answers import In
from caseway.api.people.versions import VersionedOut
from caseway.cases.lists import fields
from caseway.cases.lists.kinds import ListKind

KIND_OF_VALUE: dict[type[fields.Field], Any] = {
    fields.Flag: StrictBool,
    fields.Number: int,
    fields.Line: str,
    fields.Choice: str,
    fields.Reference: str,
}
NAMES = Field(description='The name by language, such as `{"en": "Low"}`; of a tag in any one')


class RowOut(VersionedOut):
    """A row of a list."""

    id: str
    name: str = Field(description="In the reader's language")
    names: dict[str, str]
    active: bool = Field(description="Switched off, it is offered no more")


def _own(kind: ListKind) -> dict[str, Any]:
    """The list's own fields; each may be null."""
    return {one.name: (KIND_OF_VALUE[type(one)] | None, None) for one in kind.fields}


def given_of(kind: ListKind) -> type[RowOut]:
    """What the API gives of a row."""
    return create_model(f"{_title(kind)}Row", __base__=RowOut, __doc__=f"{kind.topic}.", **_own(kind))


def taken_of(kind: ListKind, *, new: bool) -> type[In]:
    """What the API takes of a new row, or of changes: what is left out or null stays."""
    names: Any = (dict[str, str], NAMES) if new else (dict[str, str] | None, None)
    name = f"New{_title(kind)}" if new else f"{_title(kind)}Changes"
    model: type[In] = create_model(
        name, __base__=In, names=names, active=(StrictBool | None, None), **_own(kind)
    )
    return model


def _title(kind: ListKind) -> str:
    return kind.topic.title().replace("_", "")
