"""What search does when something happens elsewhere."""

from caseway.cases.models import Case
from caseway.shipments.events import PartiesChanged

from .actions import index_parties


def follow_parties(event: PartiesChanged) -> None:
    """Let the cases of these shipments be found by the carrier and shipper that they have now."""
    index_parties(Case.objects.filter(shipment__in=event.shipment_ids).values_list("pk", flat=True))
