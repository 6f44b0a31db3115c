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
    """What a list is sorted by: a field (rows without value come last) and then the id.

    With `parted` the list is parted by that order first, and sorted within each part.
    """

    field: str
    descending: bool = True
    nullable: bool = False
    parted: "Order | None" = None

    @property
    def fields(self) -> list[str]:
        """The fields that a row needs to have a place in the list."""
        return [*(self.parted.fields if self.parted else []), self.field]

    def value_of(self, row: Model) -> Any:
        """What a row is sorted by: the value of its field, behind that of its part where there are parts."""
        value = getattr(row, self.field)
        return [getattr(row, self.parted.field), value] if self.parted else value

    def expressions(self, *, backwards: bool = False) -> list[Any]:
        """The ORDER BY, or its exact reverse. Ties go by id, newest first."""
        before = [self.parted._expression(backwards=backwards)] if self.parted else []
        last = F("id").asc() if backwards else F("id").desc()
        return [*before, self._expression(backwards=backwards), last]

    def _expression(self, *, backwards: bool) -> Any:
        down = self.descending is not backwards
        value: Any = F(self.field)
        if self.nullable:
            ends = {"nulls_first": True} if backwards else {"nulls_last": True}
            return value.desc(**ends) if down else value.asc(**ends)
        return value.desc() if down else value.asc()

    def beyond(self, value: Any, key: int, *, backwards: bool) -> Q:
        """The rows after (or, backwards, before) the row with this value (see `value_of`) and id."""
        if self.parted is None:
            return self._beyond(value, key, backwards=backwards)
        part, own = value
        here = Q(**({f"{self.parted.field}__isnull": True} if part is None else {self.parted.field: part}))
        within = here & self._beyond(own, key, backwards=backwards)
        return within | self.parted._past(part, backwards=backwards)

    def _past(self, value: Any, *, backwards: bool) -> Q:
        """The rows of all later (or, backwards, earlier) values than this one."""
        if value is None:
            return Q(**{f"{self.field}__isnull": False}) if backwards else Q(pk__in=[])
        down = self.descending is not backwards
        later = Q(**{f"{self.field}__{'lt' if down else 'gt'}": value})
        return later | Q(**{f"{self.field}__isnull": True}) if self.nullable and not backwards else later

    def _beyond(self, value: Any, key: int, *, backwards: bool) -> Q:
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
    value = order.value_of(row)
    kept = [_kept(one) for one in value] if order.parted else _kept(value)
    return signing.dumps([order.fields, order.descending, backwards, kept, row.pk], salt=SALT + bound_to)


def _kept(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _read(cursor: str, order: Order, bound_to: str) -> tuple[bool, Any, int]:
    try:
        fields, descending, backwards, value, key = signing.loads(cursor, salt=SALT + bound_to)
    except (signing.BadSignature, ValueError, TypeError):
        raise Invalid({"cursor": _("This page is not there any more. Start from the beginning.")}) from None
    if (fields, descending) != (order.fields, order.descending):
        raise Invalid({"cursor": _("This page belongs to another order of the list.")})
    if order.parted:
        return backwards, [_read_value(*pair) for pair in zip(fields, value, strict=True)], key
    return backwards, _read_value(order.field, value), key


def _read_value(field: str, kept: Any) -> Any:
    is_time = isinstance(kept, str) and field.endswith(("_at", "deadline", "_since"))
    return datetime.fromisoformat(kept) if is_time else kept
