"""Bulk rows by COPY: a hundred times quicker than INSERT through the ORM."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Model
from psycopg import sql
from psycopg.types.json import Jsonb


@dataclass
class Table:
    """Rows of one model on their way into its table. Ids are given here, from the table's sequence."""

    model: type[Model]
    columns: Sequence[str]

    def __post_init__(self) -> None:
        self.rows: list[Sequence[Any]] = []
        self._free: range = range(0)
        self._taken = 0

    def next_id(self) -> int:
        """An id that nobody else gets; taken from the sequence in large steps."""
        if self._taken >= len(self._free):
            self._free, self._taken = _reserve(self.model, 50_000), 0
        self._taken += 1
        return self._free[self._taken - 1]

    def add(self, *values: Any) -> int:
        """Add a row whose first column is its id; gives the id."""
        key = self.next_id()
        self.rows.append((key, *values))
        return key

    @property
    def span(self) -> tuple[int, int]:
        """The lowest and the highest id of what has gathered; nobody else's ids are between them."""
        return self.rows[0][0], self.rows[-1][0]

    def write(self) -> None:
        """COPY what has gathered into the table."""
        columns = sql.SQL(", ").join(sql.Identifier(column) for column in ("id", *self.columns))
        statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
            sql.Identifier(self.model._meta.db_table), columns
        )
        connection.ensure_connection()
        with connection.connection.cursor() as cursor, cursor.copy(statement) as copy:
            for row in self.rows:
                copy.write_row(row)
        self.rows.clear()


def _reserve(model: type[Model], count: int) -> range:
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [table])
        sequence = cursor.fetchone()[0]
        cursor.execute("SELECT nextval(%s)", [sequence])
        first = cursor.fetchone()[0]
        cursor.execute("SELECT setval(%s, %s)", [sequence, first + count])
    return range(first, first + count)


def json(value: object) -> Jsonb:
    """A value for a JSON column."""
    return Jsonb(value)


def write_all(tables: Iterable[Table]) -> None:
    """Write several tables in the order given: what is referred to first."""
    for table in tables:
        table.write()
