"""Rows of a CSV file: any of the four usual delimiters, a header line, events in rows of their own."""

import csv
from collections.abc import Iterator

from .columns import EVENT_FIELDS, fields_of
from .rows import Refusal, Row, Unreadable, Value
from .source import Source

DELIMITERS = ",;\t|"


def header_of(source: Source) -> tuple[list[str], str]:
    """The names in the file's first line, and its delimiter."""
    with source.open() as text:
        first = text.readline(65536)
    delimiter = max(DELIMITERS, key=first.count)
    try:
        return next(csv.reader([first], delimiter=delimiter), []), delimiter
    except csv.Error as problem:
        raise Unreadable(f"The header line can't be read: {problem}.") from problem


def check_header(names: list[str]) -> tuple[dict[str, str], list[str]]:
    """The field that each name means, and the names that mean nothing to us.

    Raises Unreadable where no column numbers the shipment, or two columns mean the same.
    """
    meant, unknown, doubled = fields_of(names)
    if doubled:
        first, second = doubled[0]
        raise Unreadable(f"The columns “{first}” and “{second}” mean the same: keep one of them.")
    if not {"number", "tracking_number"} & set(meant.values()):
        raise Unreadable(
            "No column numbers the shipment. Call one “shipment number” (or “tracking number”). "
            f"Found: {', '.join(name for name in names[:12] if name.strip()) or 'nothing'}."
        )
    return meant, unknown


def csv_rows(source: Source) -> Iterator[Row | Refusal]:
    """Each record of the file as a row, or as a refusal where its line is broken."""
    names, delimiter = header_of(source)
    meant, _unknown = check_header(names)
    fields = [meant.get(name) for name in names]
    with source.open() as text:
        reader = csv.reader(text, delimiter=delimiter)
        next(reader)
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as problem:
                yield Refusal(line, "", f"{problem}. Look for a quotation mark that is never closed.")
                continue
            if any(cell.strip() for cell in cells):
                yield _row(line, fields, cells)


def _row(line: int, fields: list[str | None], cells: list[str]) -> Row | Refusal:
    if any(cell.strip() for cell in cells[len(fields) :]):
        return Refusal(
            line,
            "",
            f"{len(cells)} values for {len(fields)} columns: put values that hold the delimiter in quotes.",
        )
    values: dict[str, Value] = {
        field: cell.strip() for field, cell in zip(fields, cells, strict=False) if field and cell.strip()
    }
    event = {name: values.pop(name) for name in EVENT_FIELDS if name in values}
    return Row(line, values, (event,) if event else ())
