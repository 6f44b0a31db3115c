"""A case as its customer sees it: the host's words, and none of its private facts."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F, Prefetch, QuerySet

from caseway.accounts.viewer import Viewer
from caseway.cases.models import Case, Side
from caseway.core.text import excerpt

from . import people
from .agents_view import operations, relatives, shipment_of
from .schemas import CustomerCase, CustomerCaseRow, PersonOut, ShipmentOfCase


def joined(cases: QuerySet[Case]) -> QuerySet[Case]:
    """The cases with all that is given of them; one query more, for the hosts' sides."""
    hosts_sides = Side.objects.filter(organisation=F("case__host")).select_related(
        "owner", "category", "contact_method"
    )
    return cases.select_related("shipment", "contact").prefetch_related(
        Prefetch("sides", hosts_sides, to_attr="hosts_sides")
    )


def rows(cases: Sequence[Case], viewer: Viewer) -> list[CustomerCaseRow]:
    """The cases as rows of a list."""
    return [
        CustomerCaseRow(**_facts(case, viewer), excerpt=excerpt(_side(case).description)) for case in cases
    ]


def whole(case: Case, viewer: Viewer) -> CustomerCase:
    """The case with everything; three queries at most."""
    case = joined(Case.objects.visible_to(viewer)).get(pk=case.pk)
    return CustomerCase(
        **_facts(case, viewer),
        description=_side(case).description,
        **relatives(case, viewer),
        operations=operations(viewer, case, None),
        version=case.customer_version,
    )


def _side(case: Case) -> Side:
    side: Side = case.hosts_sides[0]  # type: ignore[attr-defined]
    return side


def _facts(case: Case, viewer: Viewer) -> dict[str, Any]:
    side = _side(case)
    return {
        "number": case.number,
        "status": case.status,
        "active": case.is_active,
        "type": case.type,
        "subject": side.subject,
        "category": people.named(side.category),
        "contact_method": people.named(side.contact_method),
        "created_at": case.created_at,
        "updated_at": case.customer_updated_at,
        "closed_at": case.closed_at,
        "owner": people.person(side.owner, with_address=False),
        "shipment": _own_shipment(case, viewer),
        "contact": PersonOut(name=str(case.contact), email=case.contact.email) if case.contact else None,
    }


def _own_shipment(case: Case, viewer: Viewer) -> ShipmentOfCase | None:
    """The shipment, where it is one of the customer's own: an agent may have linked any other."""
    if case.shipment is None or case.shipment.account_id != viewer.account_id:
        return None
    return shipment_of(case)
