"""What pages and the API ask of shipments. Everything begins at what the viewer may see."""

from caseway.accounts.viewer import Viewer
from caseway.core.errors import NotFound

from .models import Shipment, ShipmentNumber
from .models.access import SHORTEST_PREFIX, shipment_is_seen
from .numbers import normal_number

__all__ = ["find", "normal_number", "shipment_page"]

MOST_FOUND = 20


def find(viewer: Viewer, typed: str, limit: int = MOST_FOUND) -> list[Shipment]:
    """Shipments that `viewer` sees, by any of their numbers as typed: exact matches before beginnings.

    Three letters or digits are needed for a beginning. Two queries. The numbers come in the
    order of their index, so that a common beginning costs no more than a rare one.
    """
    value = normal_number(typed)
    if not value:
        return []
    match = {"value__startswith" if len(value) >= SHORTEST_PREFIX else "value": value}
    numbers = ShipmentNumber.objects.filter(shipment_is_seen(viewer, "shipment__"), **match)
    # A shipment may match by all of its numbers.
    rows = numbers.order_by("value", "-shipment_id").values_list("shipment_id", flat=True)
    ids = list(dict.fromkeys(rows[: limit * len(ShipmentNumber.Kind)]))[:limit]
    found = Shipment.objects.select_related("organisation", "shipper", "carrier", "brand").in_bulk(ids)
    return [found[pk] for pk in ids]


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
