"""The rows of a list, as somebody at the desk of its organisation sees them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language

from caseway.accounts.viewer import Viewer
from caseway.cases.models import Category, Reason
from caseway.core.errors import NotFound
from caseway.core.fingerprints import fingerprint

from .fields import Reference
from .kinds import ListKind


def rows_of(kind: ListKind, viewer: Viewer) -> QuerySet[Any]:
    """The list of the agent's organisation in its order, with what is switched off; none for anybody else."""
    rows: QuerySet[Any] = kind.model.objects.filter(organisation=viewer.organisation_id)
    joined = [one.name for one in kind.fields if isinstance(one, Reference)]
    return (rows if viewer.is_agent else rows.none()).select_related(*joined).order_by(*kind.order)


def row_of(kind: ListKind, viewer: Viewer, key: int) -> Any:
    """One of them. Raises NotFound for any other."""
    found = rows_of(kind, viewer).filter(pk=key).first()
    if found is None:
        raise NotFound
    return found


def names_of(kind: ListKind, row: Any) -> dict[str, str]:
    """The row's name by language; of a list without languages by the reader's own."""
    return dict(row.name) if kind.by_language else {get_language() or "en": row.name}


def state_of(kind: ListKind, row: Any) -> dict[str, Any]:
    """All that can be changed of a row, as JSON values."""
    values = {one.name: one.plain(row) for one in kind.fields}
    return {"name": row.name, "is_active": row.is_active} | values


def version_of(kind: ListKind, row: Any) -> int:
    """A number that moves with what is stored of the row."""
    return fingerprint(row.pk, state_of(kind, row))


@dataclass
class Part:
    """A part of a list with an order of its own: the items of a topic, the reasons of one kind.

    `chosen` is what a new row of it begins with: the parted field's value.
    """

    title: str = ""
    chosen: str = ""
    head: Any = None
    rows: list[Any] = field(default_factory=list)


def parts_of(kind: ListKind, rows: Sequence[Any]) -> list[Part]:
    """The list as its page shows it: whole, by kind of reason, or topic by topic."""
    if kind.model is Category:
        topics = [row for row in rows if row.parent_id is None]
        return [
            Part(topic.label, str(topic.pk), topic, [row for row in rows if row.parent_id == topic.pk])
            for topic in topics
        ]
    if kind.model is Reason:
        by_kind = {name: list(under) for name, under in groupby(sorted(rows, key=_kind), key=_kind)}
        return [Part(str(one.label), one.value, None, by_kind.get(one.value, [])) for one in Reason.Kind]
    return [Part(rows=list(rows))]


def _kind(row: Reason) -> str:
    return str(row.kind)
