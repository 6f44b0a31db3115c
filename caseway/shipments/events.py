"""What happens to shipments that others have to follow."""

from dataclasses import dataclass

from caseway.core.events import Event


@dataclass(frozen=True, kw_only=True)
class PartiesChanged(Event):
    """Shipments have another carrier or shipper, or one of another name. Not stored: whoever reacts gets
    the event itself."""

    kind = "shipment.parties_changed"

    shipment_ids: tuple[int, ...]
