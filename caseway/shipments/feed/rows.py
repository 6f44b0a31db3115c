"""What the readers of all formats give: one row for each record of a file, not yet understood."""

from dataclasses import dataclass, field

from caseway.core.text import clean_line

Value = str | int | float | bool | None


@dataclass(frozen=True)
class Refusal:
    """Why a record was not taken, and how to mend it. The line counts from 1."""

    line: int
    field: str
    message: str

    def __str__(self) -> str:
        where = f"line {self.line}" if self.line else "file"
        return f"{where}, {self.field}: {self.message}" if self.field else f"{where}: {self.message}"


class Unreadable(Exception):
    """The file as a whole can't be read; the message says why and what to do."""


@dataclass(frozen=True)
class Row:
    """One record: its fields by our names. A field that is not there, or empty, changes nothing."""

    line: int
    values: dict[str, Value] = field(default_factory=dict)
    events: tuple[dict[str, Value], ...] = ()

    @property
    def number(self) -> str:
        """The shipment's number as far as it can be told before the row is understood."""
        return clean_line(str(self.values.get("number") or self.values.get("tracking_number") or ""))
