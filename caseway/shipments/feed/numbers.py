"""The numbers under which a shipment is found."""

from collections.abc import Iterator

from caseway.shipments.models import Shipment, ShipmentNumber
from caseway.shipments.numbers import StoredKind, normal_number

COLUMNS = {
    StoredKind.SHIPMENT: "number",
    StoredKind.TRACKING: "tracking_number",
    StoredKind.REFERENCE: "reference_number",
    StoredKind.PO: "purchase_order",
    StoredKind.BOL: "bill_of_lading",
    StoredKind.ORDER: "order_number",
    StoredKind.RA: "return_authorization",
}


def numbers_of(shipment: Shipment) -> Iterator[ShipmentNumber]:
    """A row for each number that the shipment has, normalised; call it for a stored shipment."""
    for kind, column in COLUMNS.items():
        if value := normal_number(getattr(shipment, column)):
            yield ShipmentNumber(shipment=shipment, kind=kind, value=value)
