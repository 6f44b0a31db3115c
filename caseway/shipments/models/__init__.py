"""The tables of shipments."""

from .shipment import Shipment, ShipmentEvent, ShipmentNumber

__all__ = ["Shipment", "ShipmentEvent", "ShipmentNumber"]
