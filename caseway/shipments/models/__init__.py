"""The tables of shipments."""

from .answer import StatusAnswer
from .shipment import Shipment, ShipmentEvent, ShipmentNumber

__all__ = ["Shipment", "ShipmentEvent", "ShipmentNumber", "StatusAnswer"]
