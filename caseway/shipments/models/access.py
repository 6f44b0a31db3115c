"""The only door to shipments: `visible_to(viewer)`."""

from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from caseway.accounts.viewer import Seat, Viewer
from caseway.shipments.numbers import Recognised, recognise

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
        return self.filter(number_is(recognise(typed), beginnings=True))


def number_is(wanted: Recognised, *, beginnings: bool = False) -> Q:
    """The condition that some number of a shipment is `wanted`, in any of its spellings.

    With `beginnings`, that it begins so; shorter spellings than `SHORTEST_PREFIX` then find nothing.
    A shipment is found once, however many of its numbers fit.
    """
    # Asked of each shipment, not joined: a list in its own order then stops at the page's end.
    numbers = apps.get_model("shipments", "ShipmentNumber").objects.filter(shipment=OuterRef("pk"))
    if not beginnings:
        return Q(Exists(numbers.filter(value__in=wanted.spellings)))
    long_enough = [value for value in wanted.spellings if len(value) >= SHORTEST_PREFIX]
    begins = Q(*[("value__startswith", value) for value in long_enough], _connector=Q.OR)
    return Q(Exists(numbers.filter(begins))) if long_enough else Q(pk__in=[])


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
