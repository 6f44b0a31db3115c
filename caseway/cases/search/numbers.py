"""Cases by a number: their own, our CRM number, or any of the shipment's; whole ones before beginnings."""

from collections.abc import Iterable, Sequence

from django.db.models import Q, QuerySet

from caseway.accounts.viewer import Viewer
from caseway.cases.models import Side
from caseway.cases.numbers import number_from
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
    spellings = [one for one in recognise(typed).spellings if any(map(str.isdigit, one))]
    if not spellings:
        return {}
    sides = Side.objects.filter(organisation=viewer.organisation_id)
    return _fits(
        [
            *_by_case_number(sides, typed, spellings),
            *_by_crm_number(sides, typed, spellings),
            *_by_shipment(sides, spellings),
        ],
        {typed, *spellings, number_from(typed)},
    )


def _fits(found: Iterable[tuple[int, str]], whole: set[str | None]) -> Fits:
    fits: Fits = {}
    for case, number in found:
        fits[case] = max(fits.get(case, 0.0), (WHOLE if number in whole else BEGINNING) + case)
    return fits


def _by_case_number(sides: QuerySet[Side], typed: str, spellings: Sequence[str]) -> Iterable[tuple[int, str]]:
    own = [one for one in spellings if one.startswith("CV")]
    named = number_from(typed)
    if not named and not own:
        return []
    asked = Q(number=named) if named else Q()
    for one in own:
        asked |= Q(number__startswith=one)
    return sides.filter(asked).order_by("-number").values_list("case", "number")[:MOST]


def _by_crm_number(sides: QuerySet[Side], typed: str, spellings: Sequence[str]) -> Iterable[tuple[int, str]]:
    asked = Q()
    for one in {typed, typed.upper(), *spellings}:
        asked |= Q(crm_number=one) if len(one) < SHORTEST else Q(crm_number__startswith=one)
    # Said in the words of the index's condition, so that it is used.
    ours = sides.exclude(crm_number="").filter(asked)
    return ours.values_list("case", "crm_number")[:MOST]


def _by_shipment(sides: QuerySet[Side], spellings: Sequence[str]) -> Iterable[tuple[int, str]]:
    """Whoever has a side knows the shipment of its case, and so its numbers."""
    value = "case__shipment__numbers__value"
    asked = Q()
    for one in spellings:
        asked |= Q(**{value: one}) if len(one) < SHORTEST else Q(**{f"{value}__startswith": one})
    return sides.filter(asked).values_list("case", value)[:MOST]
