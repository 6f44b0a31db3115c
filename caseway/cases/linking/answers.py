"""What a new case says of the answers that guides and its shipment's status gave."""

from caseway.cases.guides.counting import take_back_solved as take_back_guides
from caseway.cases.models import CaseEvent
from caseway.shipments.answering import take_back_solved as take_back_status


def take_back_answers(event: CaseEvent) -> None:
    """A case was raised after all: that a guide of its topic, or where its shipment is, answered the
    contact, on whatever device, is untrue."""
    case = event.case
    if case.contact and case.contact.person_id:  # nobody else was ever asked whether a guide helped
        take_back_guides(case)
    if case.shipment_id and case.contact_id:
        take_back_status(case.shipment_id, contact_id=case.contact_id)
