"""What pages and the API ask of shipments. Everything begins at what the viewer may see."""

from dataclasses import dataclass

from django.db.models import Prefetch, Q

from caseway.accounts.viewer import Viewer
from caseway.core.errors import NotFound

from .matching import match_of
from .models import Shipment, ShipmentEvent
from .models.access import SHORTEST_PREFIX, number_is
from .numbers import Recognised, normal_number, numbers_in, recognise

__all__ = ["Named", "find", "named_in", "normal_number", "shipment_page"]

MOST_FOUND = 20
MOST_NAMED = 3
MOST_EVENTS = 20


@dataclass(frozen=True)
class Named:
    """What a text names: shipments with their `latest_events`, and numbers whose check digit is wrong
    and that no shipment has."""

    shipments: list[Shipment]
    slips: list[Recognised]


def find(viewer: Viewer, typed: str, limit: int = MOST_FOUND) -> list[Shipment]:
    """Shipments that `viewer` sees, by any of their numbers as typed: exact matches before beginnings,
    the latest first in each. Three characters are needed for a beginning. Two queries at most."""
    wanted = recognise(typed)
    if not wanted.value:
        return []
    seen = Shipment.objects.visible_to(viewer).select_related("organisation", "shipper", "carrier", "brand")
    latest = seen.order_by("-updated_at", "-pk")
    found = list(latest.filter(number_is(wanted))[:limit])
    if len(found) < limit and len(wanted.value) >= SHORTEST_PREFIX:
        others = latest.filter(number_is(wanted, beginnings=True)).exclude(pk__in=[one.pk for one in found])
        found += others[: limit - len(found)]
    return found


def named_in(viewer: Viewer, text: str, chosen: str = "") -> Named:
    """The shipments that `viewer` sees and that `text` names, the `chosen` one (its shipment number)
    first, each with its latest events: two queries at most."""
    numbers = numbers_in(text)
    spellings = [value for one in numbers for value in one.spellings]
    fits = Q(number=chosen) if chosen else Q(pk__in=[])
    if spellings:
        fits |= number_is(Recognised(spellings[0], others=tuple(spellings[1:])))
    elif not chosen:
        return Named([], [])
    latest = Prefetch("events", ShipmentEvent.objects.all()[:MOST_EVENTS], to_attr="latest_events")
    seen = Shipment.objects.visible_to(viewer).select_related("carrier").prefetch_related(latest)
    found = list(seen.filter(fits).order_by("-updated_at", "-pk")[:MOST_NAMED])
    found.sort(key=lambda one: one.number != chosen)
    slips = [one for one in numbers if one.fits is False and not any(match_of(row, one) for row in found)]
    return Named(found, slips)


def shipment_page(viewer: Viewer, shipment_id: int) -> Shipment:
    """One shipment with its parties, its numbers and its events, newest first: three queries.

    Raises NotFound for one that the viewer may not see.
    """
    parties = ("organisation", "shipper", "carrier", "brand", "account")
    seen = Shipment.objects.visible_to(viewer).select_related(*parties)
    found = seen.prefetch_related("numbers", "events").filter(pk=shipment_id).first()
    if found is None:
        raise NotFound
    return found
