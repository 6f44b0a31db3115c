"""The tables that synthesis fills, in the order in which rows refer to each other."""

from dataclasses import dataclass, field

from caseway.cases.models import (
    Case,
    CaseEvent,
    Closure,
    Message,
    Participant,
    Satisfaction,
    Side,
    Task,
    Visit,
    Watch,
)
from caseway.mail.models import Delivery
from caseway.shipments.models import Place, Shipment, ShipmentEvent, ShipmentNumber

from .copying import Table, write_all


def _shipments() -> Table:
    return Table(
        Shipment,
        (
            "organisation_id",
            "number",
            "tracking_number",
            "reference_number",
            "purchase_order",
            "bill_of_lading",
            "order_number",
            "return_authorization",
            "shipper_id",
            "shipper_name",
            "carrier_id",
            "carrier_name",
            "account_id",
            "mode",
            "direction",
            "region",
            "status",
            "goods",
            "origin_name",
            "origin_address",
            "origin_postal_code",
            "origin_country",
            "destination_name",
            "destination_address",
            "destination_postal_code",
            "destination_country",
            "created_at",
            "updated_at",
            "origin_place_id",
            "destination_place_id",
        ),
    )


def _cases() -> Table:
    return Table(
        Case,
        (
            "number",
            "host_id",
            "status",
            "type",
            "source",
            "shipment_id",
            "brand_id",
            "creator_id",
            "contact_id",
            "account_id",
            "created_at",
            "closed_at",
            "customer_updated_at",
            "customer_version",
        ),
    )


def _sides() -> Table:
    return Table(
        Side,
        (
            "case_id",
            "organisation_id",
            "sharing",
            "subject",
            "description",
            "owner_id",
            "team_id",
            "category_id",
            "contact_method_id",
            "priority_id",
            "level",
            "deadline",
            "crm_number",
            "tags",
            "court",
            "court_since",
            "version",
            "number",
            "status",
            "type",
            "created_at",
            "closed_at",
            "updated_at",
            "latest_message_at",
            "latest_message_by",
            "latest_message_text",
            "latest_message_person_id",
            "latest_message_is_ours",
            "account_id",
            "partner_id",
            "shipment_id",
            "brand_id",
            "source",
        ),
    )


def _messages() -> Table:
    return Table(
        Message,
        (
            "case_id",
            "audience",
            "organisation_id",
            "partner_id",
            "contact_id",
            "account_id",
            "author_id",
            "author_contact_id",
            "author_organisation_id",
            "author_name",
            "author_address",
            "source",
            "subject",
            "text",
            "quoted",
            "html",
            "cc",
            "is_automatic",
            "created_at",
        ),
    )


def _events() -> Table:
    return Table(
        CaseEvent,
        (
            "case_id",
            "kind",
            "seen_by",
            "organisation_id",
            "actor_id",
            "actor_contact_id",
            "actor_organisation_id",
            "payload",
            "happened_at",
        ),
    )


def _closures() -> Table:
    return Table(
        Closure,
        ("case_id", "organisation_id", "by_id", "by_contact_id", "at", "reason_id", "note", "status_before"),
    )


def _deliveries() -> Table:
    return Table(
        Delivery,
        (
            "organisation_id",
            "purpose",
            "case_id",
            "message_id",
            "audience",
            "participant_id",
            "address",
            "name",
            "sender_address",
            "sender_name",
            "header_id",
            "references",
            "subject",
            "text",
            "html",
            "is_automatic",
            "with_files",
            "stop_link",
            "written_at",
            "state",
            "attempts",
            "next_try_at",
            "sent_at",
            "sent_via",
            "last_error",
        ),
    )


def _satisfactions() -> Table:
    return Table(
        Satisfaction,
        (
            "case_id",
            "closure_id",
            "organisation_id",
            "contact_id",
            "verdict",
            "comment",
            "way",
            "answered_at",
        ),
    )


def _tasks() -> Table:
    return Table(
        Task,
        (
            "case_id",
            "organisation_id",
            "title",
            "description",
            "type_id",
            "assignee_id",
            "team_id",
            "priority_id",
            "due_at",
            "status",
            "resumes_as",
            "creator_id",
            "created_at",
            "updated_at",
            "ended_at",
            "ended_by_id",
            "version",
        ),
    )


@dataclass
class Tables:
    """All of them."""

    places: Table = field(default_factory=lambda: Table(Place, ("organisation_id", "name", "trigrams")))
    shipments: Table = field(default_factory=_shipments)
    numbers: Table = field(default_factory=lambda: Table(ShipmentNumber, ("shipment_id", "kind", "value")))
    shipment_events: Table = field(
        default_factory=lambda: Table(
            ShipmentEvent, ("shipment_id", "happened_at", "code", "description", "place", "is_exception")
        )
    )
    cases: Table = field(default_factory=_cases)
    sides: Table = field(default_factory=_sides)
    messages: Table = field(default_factory=_messages)
    events: Table = field(default_factory=_events)
    closures: Table = field(default_factory=_closures)
    watches: Table = field(
        default_factory=lambda: Table(Watch, ("case_id", "person_id", "organisation_id", "since"))
    )
    visits: Table = field(default_factory=lambda: Table(Visit, ("case_id", "person_id", "seen_at")))
    participants: Table = field(
        default_factory=lambda: Table(
            Participant,
            (
                "case_id",
                "organisation_id",
                "audience",
                "address",
                "name",
                "contact_id",
                "is_subscribed",
                "is_approved",
                "since",
            ),
        )
    )

    deliveries: Table = field(default_factory=_deliveries)
    satisfactions: Table = field(default_factory=_satisfactions)
    tasks: Table = field(default_factory=_tasks)

    def in_order(self) -> list[Table]:
        """What is referred to first."""
        return [
            self.places,
            self.shipments,
            self.numbers,
            self.shipment_events,
            self.cases,
            self.sides,
            self.messages,
            self.closures,
            self.events,
            self.watches,
            self.visits,
            self.participants,
            self.deliveries,
            self.satisfactions,
            self.tasks,
        ]

    def write(self) -> None:
        """COPY everything that has gathered."""
        write_all(self.in_order())
