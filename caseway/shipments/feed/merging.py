"""Brings together what a file says of one shipment in several rows, events most of all."""

from collections import Counter
from collections.abc import Iterable, Iterator

from .directory import Directory
from .record import Record, understand
from .rows import Refusal, Row


def rows_per_number(rows: Iterable[Row | Refusal]) -> Counter[str]:
    """How many rows of a file speak of each number."""
    return Counter(row.number for row in rows if isinstance(row, Row))


def merged(
    rows: Iterable[Row | Refusal], expected: Counter[str], directory: Directory
) -> Iterator[Record | Refusal]:
    """One record per shipment, given out once the last of its rows was read; refusals as they come.

    Since a record is complete before it is compared with what is stored, reading a file again
    finds nothing to change, however its rows contradict each other: the last one holds.
    """
    waiting: dict[str, Record] = {}
    left = expected.copy()
    for row in rows:
        if isinstance(row, Refusal):
            yield row
            continue
        found = understand(row, directory)
        if isinstance(found, Refusal):
            yield found
        elif found.number in waiting:
            waiting[found.number].add(found)
        else:
            waiting[found.number] = found
        left[row.number] -= 1
        if not left[row.number] and (record := waiting.pop(row.number, None)):
            yield record
