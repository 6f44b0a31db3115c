"""Lists page by key, never by offset: the thousandth page costs what the first one does.

A cursor names the last row seen (sort value and id), and is signed together with the filter it
belongs to, so that it can't be forged or used with another list.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.core import signing
from django.db.models import F, Model, Q, QuerySet
from django.utils.translation import gettext as _

from .errors import Invalid

M = TypeVar("M", bound=Model)
SALT = "caseway.paging"


@dataclass(frozen=True)
class Order:
    """What a list is sorted by: a field (rows without value come last) and then the id."""

    field: str
    descending: bool = True
    nullable: bool = False

    def expressions(self, *, backwards: bool = False) -> list[Any]:
        """The ORDER BY, or its exact reverse. Ties go by id, newest first."""
        down = self.descending is not backwards
        value: Any = F(self.field)
        if self.nullable:
            ends = {"nulls_first": True} if backwards else {"nulls_last": True}
            value = value.desc(**ends) if down else value.asc(**ends)
        else:
            value = value.desc() if down else value.asc()
        return [value, F("id").asc() if backwards else F("id").desc()]

    def beyond(self, value: Any, key: int, *, backwards: bool) -> Q:
        """The rows after (or, backwards, before) the row with this value and id."""
        tie = Q(**{self.field: value, "id__gt" if backwards else "id__lt": key})
        if value is None:
            here = Q(**{f"{self.field}__isnull": True}) & (Q(id__gt=key) if backwards else Q(id__lt=key))
            return here | Q(**{f"{self.field}__isnull": False}) if backwards else here
        down = self.descending is not backwards
        within = Q(**{f"{self.field}__{'lte' if down else 'gte'}": value})
        strictly = Q(**{f"{self.field}__{'lt' if down else 'gt'}": value})
        # "within" alone is what an index can start from; the rest only sorts out the ties.
        found = within & (strictly | tie)
        if self.nullable and not backwards:
            found |= Q(**{f"{self.field}__isnull": True})
        return found


@dataclass(frozen=True)
class Page(Generic[M]):
    """One page of a list, with cursors to its neighbours (None where there are none)."""

    items: Sequence[M]
    next: str | None
    previous: str | None


def page_of(
    rows: QuerySet[M], order: Order, *, limit: int = 50, cursor: str | None = None, bound_to: str = ""
) -> Page[M]:
    """The page of `rows` at `cursor`. `bound_to` names the list (filter and reader) the cursor is for.

    Raises Invalid at `cursor` for one that was altered or belongs to another list.
    """
    backwards, value, key = _read(cursor, order, bound_to) if cursor else (False, None, None)
    if key is not None:
        rows = rows.filter(order.beyond(value, key, backwards=backwards))
    found = list(rows.order_by(*order.expressions(backwards=backwards))[: limit + 1])
    more, found = len(found) > limit, found[:limit]
    if backwards:
        found.reverse()
    has_next, has_previous = (bool(found), more) if backwards else (more, cursor is not None and bool(found))
    return Page(
        items=found,
        next=_write(found[-1], order, bound_to, backwards=False) if has_next and found else None,
        previous=_write(found[0], order, bound_to, backwards=True) if has_previous and found else None,
    )


def _write(row: Model, order: Order, bound_to: str, *, backwards: bool) -> str:
    value = getattr(row, order.field)
    kept = value.isoformat() if isinstance(value, datetime) else value
    return signing.dumps([order.field, order.descending, backwards, kept, row.pk], salt=SALT + bound_to)


def _read(cursor: str, order: Order, bound_to: str) -> tuple[bool, Any, int]:
    try:
        field, descending, backwards, value, key = signing.loads(cursor, salt=SALT + bound_to)
    except (signing.BadSignature, ValueError, TypeError):
        raise Invalid({"cursor": _("This page is not there any more. Start from the beginning.")}) from None
    if (field, descending) != (order.field, order.descending):
        raise Invalid({"cursor": _("This page belongs to another order of the list.")})
    is_time = isinstance(value, str) and field.endswith(("_at", "deadline", "_since"))
    return backwards, datetime.fromisoformat(value) if is_time else value, key
