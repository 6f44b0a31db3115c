"""The only door to shipments: `visible_to(viewer)`."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from caseway.accounts.viewer import Seat, Viewer
from caseway.shipments.numbers import normal_number

if TYPE_CHECKING:
    from .shipment import Shipment  # noqa: F401 - named in the type below

SHORTEST_PREFIX = 3


class ShipmentQuerySet(models.QuerySet["Shipment"]):
    """Shipments; `visible_to` is the only door."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Agents see what their organisation feeds, ships or carries; a contact their account's."""
        return self.filter(shipment_is_seen(viewer))

    def with_number(self, typed: str) -> Self:
        """Those of which some number is, or begins with, what was typed (three characters at least)."""
        value = normal_number(typed)
        if len(value) < SHORTEST_PREFIX:
            return self.none()
        return self.filter(numbers__value__startswith=value).distinct()


def shipment_is_seen(viewer: Viewer, path: str = "") -> Q:
    """The condition under which `viewer` sees the shipment at `path` (`"shipment__"` from a number, say)."""
    ours = viewer.organisation_id
    match viewer.seat:
        case Seat.AGENT:
            parties = ("organisation", "shipper", "carrier")
            return Q(*[(f"{path}{party}", ours) for party in parties], _connector=Q.OR)
        case Seat.CONTACT if viewer.account_id:
            return Q(**{f"{path}organisation": ours, f"{path}account": viewer.account_id})
        case _:
            return Q(pk__in=[])
