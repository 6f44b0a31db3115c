"""Cases by a number: their own, our CRM number, or any of the shipment's; whole ones before beginnings."""

from collections.abc import Iterable, Sequence

from django.db.models import Q, QuerySet

from caseway.accounts.viewer import Viewer
from caseway.cases.models import Side
from caseway.cases.numbers import number_from
from caseway.shipments.models import ShipmentNumber
from caseway.shipments.models.access import shipment_is_seen
from caseway.shipments.numbers import recognise

MOST = 1000
SHORTEST = 3
"""How many signs a beginning needs."""
WHOLE, BEGINNING = 2e15, 1e15
"""A whole number fits better than a beginning, and either better than words; then the newest case does."""

Fits = dict[int, float]


def cases_with_number(typed: str, viewer: Viewer) -> Fits:
    """How well the cases of the viewer's organisation fit the number that was typed, by their ids.

    Blanks, dashes and the case of letters don't matter, and a word such as "PO" may stand before it.
    A thousand of each kind count. Three queries at most.
    """
    spellings = _spellings(typed)
    if not spellings:
        return {}
    sides = Side.objects.filter(organisation=viewer.organisation_id)
    # Whoever has a side knows the shipment of its case, and so its numbers.
    value = "case__shipment__numbers__value"
    found = [
        *_by_case_number(sides, typed, spellings).values_list("case", "number")[:MOST],
        *_by_crm_number(sides, typed, spellings).values_list("case", "crm_number")[:MOST],
        *sides.filter(_begins(value, spellings)).values_list("case", value)[:MOST],
    ]
    return _fits(found, {typed, *spellings, number_from(typed)})


def shipments_with_number(typed: str, viewer: Viewer) -> list[int]:
    """Ids of shipments that the viewer sees, by any of their numbers or their beginnings, and of those
    of which a case that the viewer sees has such a number, or is called so by our CRM.

    A thousand of each kind count. Three queries at most.
    """
    spellings = _spellings(typed)
    every = [one for one in recognise(typed).spellings if one]
    seen = shipment_is_seen(viewer, "shipment__")
    numbers = (
        ShipmentNumber.objects.filter(seen, _begins("value", every))
        if every
        else ShipmentNumber.objects.none()
    )
    found = set(numbers.values_list("shipment", flat=True)[:MOST])
    sides = Side.objects.visible_to(viewer).filter(case__shipment__isnull=False)
    if spellings and viewer.is_agent:
        for rows in (_by_case_number(sides, typed, spellings), _by_crm_number(sides, typed, spellings)):
            found.update(rows.values_list("case__shipment", flat=True)[:MOST])
    return sorted(found)


def _spellings(typed: str) -> list[str]:
    """The number in every way it may be stored; none where it has no digit."""
    return [one for one in recognise(typed).spellings if any(map(str.isdigit, one))]


def _fits(found: Iterable[tuple[int, str]], whole: set[str | None]) -> Fits:
    fits: Fits = {}
    for case, number in found:
        fits[case] = max(fits.get(case, 0.0), (WHOLE if number in whole else BEGINNING) + case)
    return fits


def _by_case_number(sides: QuerySet[Side], typed: str, spellings: Sequence[str]) -> QuerySet[Side]:
    own = [one for one in spellings if one.startswith("CV")]
    named = number_from(typed)
    asked = Q(number=named) if named else Q()
    for one in own:
        asked |= Q(number__startswith=one)
    return sides.filter(asked).order_by("-number") if asked else sides.none()


def _by_crm_number(sides: QuerySet[Side], typed: str, spellings: Sequence[str]) -> QuerySet[Side]:
    # Said in the words of the index's condition too, so that it is used.
    return sides.exclude(crm_number="").filter(_begins("crm_number", {typed, typed.upper(), *spellings}))


def _begins(column: str, spellings: Iterable[str]) -> Q:
    """A value is one of these; or begins with it, where it is long enough."""
    asked = Q()
    for one in spellings:
        asked |= Q(**{column if len(one) < SHORTEST else f"{column}__startswith": one})
    return asked
