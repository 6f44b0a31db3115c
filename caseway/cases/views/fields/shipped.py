"""Fields of the case's shipment, which both sides know: where it goes, how, under which numbers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    BigIntegerField,
    BooleanField,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext as _

from caseway.accounts.models import Partnership
from caseway.accounts.viewer import Viewer
from caseway.cases.models import Side
from caseway.cases.views.field import Choice, Condition, Field, Group, Kind, as_written
from caseway.cases.views.operators import BEGINNINGS, PARTS, Operator
from caseway.core.database.statements import AnyOf
from caseway.core.folding import folded, trigrams
from caseway.shipments.models import Place, Shipment
from caseway.shipments.models.shipment import BETWEEN

if TYPE_CHECKING:
    # Comes with the tools of development only.
    from django_stubs_ext import StrOrPromise

FEW = 5_000
"""So many shipments are gone to one by one; where more fit, the list is walked until a page is full."""
FEW_PLACES = 2_000
SHORTEST = 3
"""What the index over parts of names can find."""
_BETWEEN = re.compile(BETWEEN)


def shipment_holds(column: str) -> Condition:
    """The condition that a column of the shipment holds one of the values, of which there are few kinds."""

    def holds(_operator: Operator, values: Sequence[str], _viewer: Viewer) -> Q:
        return _asked_of_each(Q(**{f"{column}__in": sorted(values)}))

    return holds


def place_field(end: str, label: "StrOrPromise", meaning: str) -> Field:
    """The name of where shipments come from or go to: without regard to case and accents."""

    def at(operator: Operator, values: Sequence[str], viewer: Viewer) -> Q:
        few = _Named(operator, [folded(value) for value in values]).few(_feeds(viewer))
        if few is None:
            return of_each(operator, values, viewer)
        return _of_shipments(Q(**{f"{end}_place__in": few}), viewer)

    def of_each(operator: Operator, values: Sequence[str], _viewer: Viewer) -> Q:
        # The place of each, looked up by its key: joined, the planner would gather all of them first.
        fits = _Named(operator, [folded(value) for value in values]).fits
        there = Place.objects.filter(fits, pk=OuterRef(f"{end}_place")).order_by()
        return _asked_of_each(Q(Exists(there)))

    return Field(
        end,
        label,
        Kind.TEXT,
        Group.SHIPMENT,
        PARTS,
        at,
        parse=_name,
        otherwise=lambda *asked: ~of_each(*asked),
        meaning=meaning,
    )


def number_field(name: str, label: "StrOrPromise", column: str, meaning: str) -> Field:
    """How a number of the shipment begins: without regard to case, blanks and dashes."""

    def lookups(values: Sequence[str]) -> Q:
        compared = [(f"{column}_compared__startswith", _compared(value)) for value in values]
        return Q(*compared, _connector=Q.OR)

    def begins(_operator: Operator, values: Sequence[str], viewer: Viewer) -> Q:
        return _of_shipments(lookups(values) & Q(organisation__in=_feeds(viewer)), viewer)

    def begins_not(_operator: Operator, values: Sequence[str], _viewer: Viewer) -> Q:
        return ~_asked_of_each(lookups(values))

    return Field(
        name,
        label,
        Kind.TEXT,
        Group.SHIPMENT,
        BEGINNINGS,
        begins,
        parse=_number,
        otherwise=begins_not,
        meaning=meaning,
    )


def in_region(_operator: Operator, values: Sequence[str], viewer: Viewer) -> Q:
    """The condition that the shipment is of one of these regions."""
    return _of_shipments(Q(region__in=sorted(values), organisation__in=_feeds(viewer)), viewer)


def not_in_region(_operator: Operator, values: Sequence[str], _viewer: Viewer) -> Q:
    """What is left by `in_region`: nearly everything, so nothing is looked up first."""
    return ~_asked_of_each(Q(region__in=sorted(values)))


@dataclass(frozen=True)
class _Named:
    """Places that are called so, or a part of whose name is."""

    operator: Operator
    values: Sequence[str]

    @property
    def fits(self) -> Q:
        lookup = "name__contains" if self.operator is Operator.CONTAINS else "name"
        return Q(*[(lookup, value) for value in self.values], _connector=Q.OR)

    def few(self, feeds: list[int]) -> list[int] | None:
        """The keys of all of them; None where there are many, or the index can't find them."""
        known = self.fits
        if self.operator is Operator.CONTAINS:
            if any(len(value) < SHORTEST for value in self.values):
                return None
            parts = [("trigrams__contains", trigrams(value)) for value in self.values]
            known &= Q(*parts, _connector=Q.OR)
        places = Place.objects.filter(known, organisation__in=feeds).order_by()
        keys = list(places.values_list("pk", flat=True)[: FEW_PLACES + 1])
        return keys if len(keys) <= FEW_PLACES else None


def regions_of(viewer: Viewer) -> list[Choice]:
    """The regions of the shipments of the latest cases, by name."""
    latest = Side.objects.visible_to(viewer).filter(shipment__isnull=False).order_by("-created_at", "-pk")
    keys = list(latest.values_list("shipment", flat=True)[:1000])
    names = Shipment.objects.filter(pk__in=keys).exclude(region="").order_by("region").values("region")
    return [Choice(row["region"], row["region"]) for row in names.distinct()]


def _of_shipments(fits: Q, viewer: Viewer) -> Q:
    """The condition that the side's shipment fits: by keys where there are few, else asked of each."""
    ours = Side.objects.filter(organisation=viewer.organisation_id, shipment=OuterRef("pk"))
    # Nearly all that we feed ourselves has a case of ours or may have one: those aren't asked.
    near = Q(organisation=viewer.organisation_id) | Q(Exists(ours))
    keys = list(Shipment.objects.filter(fits).filter(near).order_by().values_list("pk", flat=True)[: FEW + 1])
    few = Cast(Value(keys), ArrayField(BigIntegerField()))
    return Q(AnyOf("shipment", few)) if len(keys) <= FEW else _asked_of_each(fits)


def _asked_of_each(fits: Q) -> Q:
    """The same of the one shipment of each side that is walked by.

    A subquery that gives a value is never made a join of: joined, the planner gathers the whole list
    before it takes a page.
    """
    answer = ExpressionWrapper(fits, output_field=BooleanField())
    one = Shipment.objects.filter(pk=OuterRef("shipment")).order_by().values(answer=answer)
    return Q(Coalesce(Subquery(one, output_field=BooleanField()), Value(False)))


def _feeds(viewer: Viewer) -> list[int]:
    """Whose feeds may tell of shipments on our cases: ours and those of all who are or were partners."""
    ours = viewer.us
    pairs = Partnership.objects.filter(Q(shipper=ours) | Q(carrier=ours)).values_list("shipper", "carrier")
    return sorted({ours, *(key for pair in pairs for key in pair)})


def _name(typed: str) -> tuple[str, ...]:
    if not folded(typed):
        raise ValueError(_("Write a name, or a part of it."))
    return as_written(typed)


def _number(typed: str) -> tuple[str, ...]:
    if not _compared(typed):
        raise ValueError(_("Write how it begins."))
    return as_written(typed)


def _compared(number: str) -> str:
    """As the database compares it: without what stands between the parts, ASCII in upper case."""
    bare = _BETWEEN.sub("", number)
    return "".join(sign.upper() if sign.isascii() else sign for sign in bare)
