"""Reading a feed from a file."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path

from django.db import DataError, IntegrityError, transaction

from caseway.accounts.models import Organisation

from .csv_rows import check_header, csv_rows, header_of
from .directory import Directory
from .json_rows import json_rows
from .merging import merged, rows_per_number
from .record import Record
from .report import Report
from .rows import Refusal, Row
from .source import CSV, Source, look_at
from .writing import store

BATCH = 1000


def import_file(
    path: Path,
    organisation: Organisation,
    *,
    dry_run: bool = False,
    on_refusal: Callable[[Refusal], None] | None = None,
) -> Report:
    """Store what the file tells of `organisation`'s shipments; `dry_run` reports the same, stores nothing.

    Raises Unreadable where the file as a whole can't be read. Each batch of a thousand
    shipments is kept once it is stored; reading the file again goes on from there, since
    what is stored already does not change.
    """
    source = look_at(path)
    report = Report(ignored_columns=_ignored(source))
    directory = Directory(organisation)
    records = merged(_rows(source), rows_per_number(_rows(source)), directory)

    def refuse(refusal: Refusal) -> None:
        report.refused.append(refusal)
        if on_refusal:
            on_refusal(refusal)

    if not dry_run:
        _store_all(organisation, records, report, refuse)
        return report
    with transaction.atomic():
        _store_all(organisation, records, report, refuse)
        transaction.set_rollback(True)
    return report


def _rows(source: Source) -> Iterator[Row | Refusal]:
    return csv_rows(source) if source.format == CSV else json_rows(source)


def _ignored(source: Source) -> list[str]:
    return check_header(header_of(source)[0])[1] if source.format == CSV else []


def _store_all(
    organisation: Organisation,
    records: Iterable[Record | Refusal],
    report: Report,
    refuse: Callable[[Refusal], None],
) -> None:
    good = _without_refusals(records, refuse)
    while batch := list(islice(good, BATCH)):
        _store_batch(organisation, batch, report, refuse)


def _without_refusals(
    records: Iterable[Record | Refusal], refuse: Callable[[Refusal], None]
) -> Iterator[Record]:
    for record in records:
        if isinstance(record, Refusal):
            refuse(record)
        else:
            yield record


def _store_batch(
    organisation: Organisation, batch: list[Record], report: Report, refuse: Callable[[Refusal], None]
) -> None:
    """Store a batch; what the database refuses all the same is found by storing one at a time."""
    try:
        report.count(store(organisation, batch))
    except (DataError, IntegrityError) as problem:
        if len(batch) == 1:
            refuse(Refusal(batch[0].line, "", f"the database refused it: {problem}".strip()))
            return
        for record in batch:
            _store_batch(organisation, [record], report, refuse)
