"""What a new organisation's lists hold until it edits them: priorities, reasons, topics, contact methods."""

from dataclasses import dataclass

from caseway.cases.models import Reason
from caseway.cases.types import CaseType

PRIORITIES = ("Low", "Normal", "High", "Urgent")
"""From rank 1 upwards; "Normal" is the default."""

DEFAULT_PRIORITY = "Normal"

CONTACT_METHODS = ("Web", "E-mail", "Phone", "Chat", "Counter", "Social media")

TASK_TYPES = ("Call", "Check", "Documents", "Warehouse", "Claim", "Billing", "Other")
NOTE_SUBJECTS = ("Call with the customer", "Call with the carrier", "Agreement", "Research", "Handover")

REASONS: dict[Reason.Kind, tuple[str, ...]] = {
    Reason.Kind.CLOSURE: (
        "Solved",
        "Information given",
        "Replacement sent",
        "Refunded or credited",
        "Claim filed",
        "No answer from the customer",
        "Duplicate",
    ),
    Reason.Kind.REOPEN: ("Not solved", "Came back", "New information", "Closed by mistake"),
    Reason.Kind.CANCELLATION: ("Raised by mistake", "Test", "Not ours to solve"),
    Reason.Kind.WITHDRAWAL: ("It has been solved", "I no longer need it", "Raised by mistake", "Other"),
    Reason.Kind.SUSPENSION: (
        "Waiting for the carrier",
        "Waiting for the shipper",
        "Waiting for the goods",
        "Waiting for a date",
    ),
}


@dataclass(frozen=True)
class Item:
    """An item that customers may choose, and what it makes of the case."""

    name: str
    case_type: CaseType
    priority: str = ""
    deadline_hours: int | None = None


TOPICS: dict[str, tuple[Item, ...]] = {
    "Delivery": (
        Item("Where is my order?", CaseType.WHERE_IS_MY_ORDER),
        Item("Arrange or move a delivery date", CaseType.DELIVERY_SCHEDULING),
        Item("Deliver it again", CaseType.REDELIVERY),
        Item("Change the delivery address", CaseType.ADDRESS_CORRECTION, deadline_hours=8),
        Item("Send it somewhere else", CaseType.REROUTE, deadline_hours=8),
        Item("Shown as delivered, but not received", CaseType.DELIVERED_NOT_RECEIVED, "High", 24),
        Item("The pickup did not happen", CaseType.MISSED_PICKUP, "High", 8),
    ),
    "Goods": (
        Item("Something is damaged", CaseType.DAMAGED, "High", 24),
        Item("Something is missing", CaseType.SHORTAGE, "High", 24),
        Item("I received too much", CaseType.OVERAGE),
        Item("The shipment is lost", CaseType.LOST, "High", 24),
        Item("Return a shipment", CaseType.RETURN_TO_SENDER),
    ),
    "Documents and billing": (
        Item("Proof of delivery", CaseType.PROOF_OF_DELIVERY),
        Item("Customs documents", CaseType.CUSTOMS_HOLD, "High", 24),
        Item("A bill is not right", CaseType.BILLING),
        Item("Claim compensation", CaseType.CLAIM),
    ),
    "Other": (
        Item("Cancel an order", CaseType.CANCEL, "High", 8),
        Item("General question", CaseType.GENERAL_STATUS),
        Item("Something else", CaseType.OTHER),
    ),
}
