"""Rows of the list of shipments: each with the number of its active cases."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count

from caseway.accounts.viewer import Viewer
from caseway.cases.models import Side
from caseway.cases.status import ACTIVE
from caseway.shipments.models import Shipment


@dataclass(frozen=True)
class Row:
    """One line: a shipment, and how many active cases of it the viewer may open."""

    shipment: Shipment
    active_cases: int

    @property
    def is_bad(self) -> bool:
        """Whether it is a matter to look at."""
        return self.shipment.status in (Shipment.Status.EXCEPTION, Shipment.Status.RETURNED)


def rows_of(shipments: Sequence[Shipment], viewer: Viewer) -> list[Row]:
    """The shipments as rows; one query."""
    sides = Side.objects.visible_to(viewer).filter(
        case__shipment__in=[shipment.pk for shipment in shipments], status__in=sorted(ACTIVE)
    )
    counted = dict(sides.values_list("case__shipment").annotate(n=Count("pk")).order_by())
    return [Row(shipment, counted.get(shipment.pk, 0)) for shipment in shipments]
