"""Indexes that are built once at the end of a load: many times as quick as row by row."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import connection
from django.db.models import Model
from psycopg import sql

# Those that no constraint stands on, in the order in which they are found again.
_PLAIN = """
SELECT index.relname, pg_get_indexdef(index.oid)
  FROM pg_index JOIN pg_class AS index ON index.oid = indexrelid
 WHERE indrelid = %s::regclass AND NOT indisunique ORDER BY index.relname
"""


@contextmanager
def indexed_afterwards(models: Sequence[type[Model]]) -> Iterator[None]:
    """Take away the indexes of these tables while they are filled, and build them at the end.

    Of tables that hold rows already nothing is taken away: somebody may be using them.
    """
    definitions: list[str] = []
    with connection.cursor() as cursor:
        for model in models:
            if model._default_manager.exists():
                continue
            cursor.execute(_PLAIN, [model._meta.db_table])
            for name, definition in cursor.fetchall():
                definitions.append(definition)
                cursor.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(name)))
    try:
        yield
    finally:
        _build(definitions)


def _build(definitions: Sequence[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '1GB'")
        for definition in definitions:
            cursor.execute(definition)
        cursor.execute("RESET maintenance_work_mem")
