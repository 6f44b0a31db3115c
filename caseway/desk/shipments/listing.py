"""Rows of the list of shipments: each with what went wrong last, and the number of its active cases."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count

from caseway.accounts.viewer import Viewer
from caseway.cases.models import Side
from caseway.cases.status import ACTIVE
from caseway.shipments.models import Shipment, ShipmentEvent


@dataclass(frozen=True)
class Row:
    """One line: a shipment, how many active cases of it the viewer may open, and its latest exception."""

    shipment: Shipment
    active_cases: int
    exception: ShipmentEvent | None

    @property
    def is_bad(self) -> bool:
        """Whether it is a matter to look at."""
        return self.shipment.status in (Shipment.Status.EXCEPTION, Shipment.Status.RETURNED)


def rows_of(shipments: Sequence[Shipment], viewer: Viewer) -> list[Row]:
    """The shipments as rows; two queries."""
    keys = [shipment.pk for shipment in shipments]
    sides = Side.objects.visible_to(viewer).filter(case__shipment__in=keys, status__in=sorted(ACTIVE))
    counted = dict(sides.values_list("case__shipment").annotate(n=Count("pk")).order_by())
    wrong = ShipmentEvent.objects.filter(shipment__in=keys, is_exception=True)
    latest = wrong.order_by("shipment", "-happened_at", "-pk").distinct("shipment")
    exceptions = {event.shipment_id: event for event in latest}
    return [Row(one, counted.get(one.pk, 0), exceptions.get(one.pk)) for one in shipments]
