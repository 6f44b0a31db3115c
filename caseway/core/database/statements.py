"""Querysets composed once and asked many times: Django takes up to three milliseconds to compose one.

    @Statement
    def _parts() -> QuerySet[Part]:
        return Part.objects.filter(case=Slot("case")).order_by("pk")

    _parts.rows(case=7)

What a statement says never changes: whatever may differ from one asking to the next (ids, moments,
the reader) stands in a `Slot`, or is part of the key under which the statement is kept.
"""

from collections.abc import Callable, Iterable, Sequence
from copy import copy
from functools import cached_property
from types import SimpleNamespace
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.models import BooleanField, Expression, Func, Model, QuerySet, Subquery
from django.db.models.query import ModelIterable
from django.db.models.sql.compiler import SQLCompiler

M = TypeVar("M", bound=Model)


class Slot(Expression):
    """Stands in a condition where a value will be given. Two slots of one name get the same value."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def __repr__(self) -> str:
        return f"Slot({self.name!r})"

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, Any]:
        """A parameter that is the slot itself, until `Statement.rows` fills it."""
        return "%s", [self]


class AnyOf(Func):
    """The condition that a column is one of an array's values: a slot's, an `ArraySubquery`'s, a `Value`'s.

    Django's own `__in` writes as many parameters as there are values.
    """

    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field = BooleanField()

    def __init__(self, column: str, values: Expression | Subquery) -> None:
        super().__init__(column, values)


class Statement(Generic[M]):
    """A queryset of whole models, composed when first asked. `prefetch_related` of it is not followed."""

    def __init__(self, compose: Callable[[], QuerySet[M]]) -> None:
        self._compose = compose

    def rows(self, **values: Any) -> list[M]:
        """The models that fit, with a value for each slot; one query. Raises KeyError without a value."""
        sql, parameters, composed = self._composed
        if not sql:
            return []
        filled = tuple(values[p.name] if isinstance(p, Slot) else p for p in parameters)
        compiler = copy(composed)
        compiler.connection = connections[compiler.using]
        compiler.execute_sql = lambda **_kind: [_fetched(compiler.connection, sql, filled)]
        query = SimpleNamespace(get_compiler=lambda **_using: compiler)
        asked: Any = SimpleNamespace(db=compiler.using, query=query, _known_related_objects={})
        return list(ModelIterable(asked))

    @cached_property
    def _composed(self) -> tuple[str, Sequence[Any], Any]:
        """SQL, parameters with slots among them, and the compiler, which knows how to read rows."""
        rows = self._compose()
        compiler = rows.query.get_compiler(using=rows.db)
        try:
            return *compiler.as_sql(), compiler
        except EmptyResultSet:  # nothing can fit, and the ORM knows
            return "", (), compiler


def _fetched(connection: Any, sql: str, parameters: Sequence[Any]) -> Sequence[Any]:
    """All rows, by parameters that the server binds: asked often enough by one connection, it keeps the plan.

    Planning the case page's longest joins takes ten times as long as running them.
    """
    connection.ensure_connection()
    driver = connection.connection
    usual = driver.cursor_factory
    # What is logged is to be read, and asked again, with its values in place.
    driver.cursor_factory = usual if connection.queries_logged else ServerBindingCursor
    try:
        cursor = connection.cursor()
    finally:
        driver.cursor_factory = usual
    with cursor:
        cursor.execute(sql, parameters)
        rows: Sequence[Any] = cursor.fetchall()
        return rows


def give_related(parents: Iterable[Model], name: str, rows: Iterable[Model], *, by: str) -> None:
    """Give each parent its related rows, as `prefetch_related(name)` does; `by` is their key to it."""
    found: dict[Any, list[Model]] = {}
    for row in rows:
        found.setdefault(getattr(row, by), []).append(row)
    for parent in parents:
        related: Any = QuerySet(type(parent)._meta.get_field(name).related_model)
        related._result_cache, related._prefetch_done = found.get(parent.pk, []), True
        prefetched = parent.__dict__.setdefault("_prefetched_objects_cache", {})
        prefetched[name] = related
