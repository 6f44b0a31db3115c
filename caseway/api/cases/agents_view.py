"""A case as an agent sees it: their own side, and what is shared. Nothing is read from the other side
but its organisation and the name of its owner."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from caseway.accounts.viewer import Viewer
from caseway.cases.access.rules import Operation, offered
from caseway.cases.models import Case, Side, Visit
from caseway.cases.types import Court, Sharing
from caseway.cases.waiting import waiting_of, with_waiting
from caseway.cases.watching.queries import watchers_of

from . import people
from .schemas import (
    AgentCase,
    AgentCaseRow,
    CourtOut,
    LatestMessage,
    Named,
    OrganisationOut,
    PartnerOut,
    ShipmentOfCase,
    WaitingOut,
)

JOINED = (
    "case__shipment", "case__account", "case__contact", "case__host", "case__brand", "case__creator",
    "owner", "team", "category", "contact_method", "priority",
)  # fmt: skip


@dataclass(frozen=True)
class Around:
    """What stands around some sides: the other side of each case, and when it was last looked at."""

    partners: dict[int, Side] = field(default_factory=dict)
    seen: dict[int, datetime] = field(default_factory=dict)


def joined(sides: QuerySet[Side]) -> QuerySet[Side]:
    """The sides with all that is given of them."""
    return sides.select_related(*JOINED)


def around(sides: Sequence[Side], viewer: Viewer) -> Around:
    """What stands around `sides`; two queries for all of them."""
    ids = [side.case_id for side in sides]
    others = (
        Side.objects.filter(case__in=ids)
        .exclude(organisation=viewer.organisation_id)
        .exclude(sharing=Sharing.LISTED)
        .select_related("organisation", "owner")
        .only("case_id", "organisation__slug", "organisation__name", "owner__name", "owner__email")
    )
    visits = Visit.objects.filter(person=viewer.person_id, case__in=ids)
    return Around({other.case_id: other for other in others}, dict(visits.values_list("case", "seen_at")))


def rows(sides: Sequence[Side], viewer: Viewer) -> list[AgentCaseRow]:
    """The sides as rows of a list."""
    found = around(sides, viewer)
    return [AgentCaseRow(**_row(side, found)) for side in sides]


def whole(case: Case, viewer: Viewer) -> AgentCase:
    """The case with everything; six queries at most."""
    side = with_waiting(joined(Side.objects.visible_to(viewer))).get(case=case)
    return AgentCase(
        **_row(side, around([side], viewer)),
        **_for_hosts_only(side),
        description=side.description,
        waiting=_waiting(side),
        watchers=[
            one for one in (people.person(w, with_address=True) for w in watchers_of(case, viewer)) if one
        ],
        **relatives(side.case, viewer),
        operations=operations(viewer, side.case, side),
        version=side.version,
    )


def operations(viewer: Viewer, case: Case, side: Side | None) -> list[Operation]:
    """What the viewer may do now, in the order of the product's table."""
    able = offered(viewer, case, side)
    return [operation for operation in Operation if operation in able]


def relatives(case: Case, viewer: Viewer) -> dict[str, Any]:
    """The numbers of the case that this one went into or follows, where the viewer may open them."""
    related = {key for key in (case.merged_into_id, case.follow_up_of_id) if key}
    seen = {}
    if related:
        visible = Case.objects.visible_to(viewer).filter(pk__in=related)
        seen = dict(visible.values_list("pk", "number"))
    return {
        "merged_into": seen.get(case.merged_into_id or 0),
        "follow_up_of": seen.get(case.follow_up_of_id or 0),
    }


def _row(side: Side, found: Around) -> dict[str, Any]:
    case, other = side.case, found.partners.get(side.case_id)
    hosts = side.organisation_id == case.host_id
    return {
        "number": side.number,
        "status": side.status,
        "active": side.is_active,
        "type": side.type,
        "subject": side.subject,
        "category": people.named(side.category),
        "contact_method": people.named(side.contact_method),
        "created_at": side.created_at,
        "updated_at": side.updated_at,
        "closed_at": side.closed_at,
        "owner": people.person(side.owner, with_address=True),
        "shipment": shipment_of(case),
        "source": case.source if hosts else None,
        "organisation": people.organisation(case.host),
        "partner": _partner(other) if other else None,
        "sharing": side.sharing,
        "team": Named(id=str(side.team.pk), name=side.team.name) if side.team else None,
        "priority": people.priority(side.priority),
        "level": side.level,
        "deadline": side.deadline,
        "crm_number": side.crm_number,
        "tags": side.tags,
        "court": CourtOut(side=Court(side.court), since=side.court_since),
        "customer": people.customer(case.account) if hosts else None,
        "contact": people.contact(case.contact) if hosts else None,
        "latest_message": _latest(side),
        "unread": _is_unread(side, found.seen.get(side.case_id)),
    }


def _for_hosts_only(side: Side) -> dict[str, Any]:
    if side.organisation_id != side.case.host_id:
        return {"brand": None, "creator": None}
    brand = side.case.brand
    return {
        "brand": OrganisationOut(slug=brand.slug, name=brand.name) if brand else None,
        "creator": people.person(side.case.creator, with_address=True),
    }


def shipment_of(case: Case) -> ShipmentOfCase | None:
    """The case's shipment, in short."""
    shipment = case.shipment
    if shipment is None:
        return None
    return ShipmentOfCase(
        id=str(shipment.pk),
        number=shipment.number,
        tracking_number=shipment.tracking_number,
        status=shipment.status,
    )


def _waiting(side: Side) -> WaitingOut:
    waiting = waiting_of(side)
    return WaitingOut(
        us=int(waiting.us.total_seconds()),
        customer=int(waiting.customer.total_seconds()),
        partner=int(waiting.partner.total_seconds()),
    )


def _partner(other: Side) -> PartnerOut:
    owner = people.person(other.owner, with_address=False)
    return PartnerOut(slug=other.organisation.slug, name=other.organisation.name, owner=owner)


def _latest(side: Side) -> LatestMessage | None:
    if side.latest_message_at is None:
        return None
    return LatestMessage(
        at=side.latest_message_at,
        by=side.latest_message_by,
        text=side.latest_message_text,
        is_ours=bool(side.latest_message_is_ours),
    )


def _is_unread(side: Side, seen_at: datetime | None) -> bool:
    if side.latest_message_at is None or side.latest_message_is_ours:
        return False
    return seen_at is None or side.latest_message_at > seen_at
