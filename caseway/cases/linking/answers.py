"""What a new case says of the answers that its shipment's status gave."""

from caseway.cases.models import CaseEvent
from caseway.shipments.answering import take_back_solved


def take_back_answer(event: CaseEvent) -> None:
    """A case about a shipment was raised after all: that its status answered the contact today is untrue."""
    case = event.case
    if case.shipment_id and case.contact_id:
        take_back_solved(case.shipment_id, contact_id=case.contact_id)
