"""The numbers under which a shipment is found."""

from collections.abc import Iterator

from caseway.shipments.models import Shipment, ShipmentNumber
from caseway.shipments.numbers import normal_number

Kind = ShipmentNumber.Kind
COLUMNS = {
    Kind.SHIPMENT: "number",
    Kind.TRACKING: "tracking_number",
    Kind.REFERENCE: "reference_number",
    Kind.PO: "purchase_order",
    Kind.BOL: "bill_of_lading",
    Kind.ORDER: "order_number",
    Kind.RA: "return_authorization",
}


def numbers_of(shipment: Shipment) -> Iterator[ShipmentNumber]:
    """A row for each number that the shipment has, normalised; call it for a stored shipment."""
    for kind, column in COLUMNS.items():
        if value := normal_number(getattr(shipment, column)):
            yield ShipmentNumber(shipment=shipment, kind=kind, value=value)
