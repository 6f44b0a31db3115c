"""Cases, shipments and customers that the viewer sees, by number or words; at most five of each."""

from django.db.models import Q, QuerySet
from django.urls import reverse

from caseway.accounts.viewer import Viewer
from caseway.cases.models import Side, Visit
from caseway.cases.numbers import number_from
from caseway.cases.search.queries import BEST_FIRST, cases_begun_with, matching
from caseway.customers.models import CustomerAccount
from caseway.shipments.models import Shipment
from caseway.shipments.queries import find

from .options import EACH, Option

RECENT = 20
"""How many of the cases that somebody opened last are looked at; some may be out of sight by now."""

LOOKED_AT = 40
"""How many of the newest words that begin as typed are looked at; some may stand in one case."""


def recent_cases(viewer: Viewer) -> list[Option]:
    """The cases that the viewer opened last, the latest first; two queries."""
    visits = Visit.objects.filter(person=viewer.person_id).order_by("-seen_at")
    opened = list(visits.values_list("case", flat=True)[:RECENT])
    seen = {side.case_id: side for side in _told(Side.objects.visible_to(viewer).filter(case__in=opened))}
    return [_case(seen[key]) for key in opened if key in seen][:EACH]


def cases_named(typed: str, viewer: Viewer) -> list[Option]:
    """Cases with this number, a number of their shipment, or these words; what fits best first.

    Then those in which the last word only begins like this, unless a case has this very number.
    """
    seen = Side.objects.visible_to(viewer)
    found = list(_told(matching(seen, typed, viewer)).order_by(*BEST_FIRST)[:EACH])
    if len(found) < EACH and number_from(typed) not in {side.number for side in found}:
        known = {side.case_id for side in found}
        begun = [key for key in cases_begun_with(typed, viewer, LOOKED_AT) if key not in known]
        others = _told(seen.filter(case__in=begun)).order_by("-updated_at", "-pk")
        found += others[: EACH - len(found)]
    return [_case(side) for side in found]


def shipments_named(typed: str, viewer: Viewer) -> list[Option]:
    """Shipments by the beginning of any of their numbers, all of which have digits."""
    if not any(sign.isdigit() for sign in typed):
        return []
    return [_shipment(one) for one in find(viewer, typed, EACH)]


def customers_named(typed: str, viewer: Viewer) -> list[Option]:
    """Customer accounts by how a word of their name, or their number, begins."""
    begun = Q(name__istartswith=typed) | Q(name__icontains=f" {typed}") | Q(number__istartswith=typed)
    found = CustomerAccount.objects.visible_to(viewer).filter(begun)
    return [_customer(one) for one in found.order_by("name", "pk")[:EACH]]


def _told(sides: QuerySet[Side]) -> QuerySet[Side]:
    return sides.only("case", "number", "subject", "status")


def _case(side: Side) -> Option:
    url = reverse("desk:case", args=[side.number])
    return Option(f"{side.number} {side.subject}", url, "file", str(side.get_status_display()))


def _shipment(one: Shipment) -> Option:
    url = reverse("desk:shipment", args=[one.pk])
    return Option(one.number, url, "box", one.carrier.name if one.carrier else "")


def _customer(one: CustomerAccount) -> Option:
    return Option(one.name, reverse("desk:customer", args=[one.pk]), "building", one.number)
