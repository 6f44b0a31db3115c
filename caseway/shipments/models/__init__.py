"""The tables of shipments."""

from .answer import StatusAnswer
from .place import Place
from .shipment import Shipment, ShipmentEvent, ShipmentNumber

__all__ = ["Place", "Shipment", "ShipmentEvent", "ShipmentNumber", "StatusAnswer"]
