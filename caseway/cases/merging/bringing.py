"""What a merged case brings to its survivor, and what goes with it when they are taken apart.

Every row that is added is noted, so that exactly those go away again.
"""

from django.db.models import Q

from caseway.cases import court
from caseway.cases.access.locking import Locked
from caseway.cases.copies import share_partner
from caseway.cases.court import Turn
from caseway.cases.models import Merge, Message, Participant, SearchDocument, Side, Suspension, Watch
from caseway.cases.search.actions import index_parties
from caseway.cases.status import Status
from caseway.cases.types import Audience, Court, Sharing

Brought = dict[str, list[int]]


def bring_along(merged: Locked, survivor: Locked) -> Brought:
    """Add the partner, watchers and participants to the survivor; the ids of what was added."""
    return {
        **_bring_partner(merged, survivor),
        "watches": _bring_watchers(merged, survivor),
        "participants": _bring_participants(merged, survivor),
        "suspensions": _running_suspension(merged),
    }


def take_away(standing: Merge, survivor: Locked) -> None:
    """Remove what the merge added, but for those who have spoken on the survivor meanwhile."""
    brought = standing.brought
    Watch.objects.filter(pk__in=brought.get("watches", [])).delete()
    spoke = Message.objects.filter(case=standing.survivor_id).values("author_address")
    Participant.objects.filter(pk__in=brought.get("participants", [])).exclude(address__in=spoke).delete()
    for side in survivor.sides.values():
        if side.pk in brought.get("sides", []):
            _send_home(side, survivor)
        if side.pk in brought.get("promoted", []) and not _has_spoken(side):
            _set_sharing(survivor, side, Sharing.LISTED)
            court.move(survivor, Turn.JOINED)


def _bring_watchers(merged: Locked, survivor: Locked) -> list[int]:
    """Whoever followed the merged case follows the survivor, and so does whoever owned it."""
    wanted = set(merged.case.watches.values_list("organisation_id", "person_id"))
    for organisation_id, side in merged.sides.items():
        there = survivor.sides.get(organisation_id)
        if side.owner_id and there is not None and there.owner_id != side.owner_id:
            wanted.add((organisation_id, side.owner_id))
    added = []
    for organisation_id, person_id in sorted(wanted):
        if organisation_id not in survivor.sides:
            continue
        row, created = Watch.objects.get_or_create(
            case=survivor.case, person_id=person_id, organisation_id=organisation_id
        )
        added += [row.pk] if created else []
    return added


def _bring_participants(merged: Locked, survivor: Locked) -> list[int]:
    """Nobody is carried into the conversation of another customer."""
    rows = merged.case.participants.order_by("pk")
    if merged.case.contact_id != survivor.case.contact_id:
        rows = rows.exclude(audience=Audience.CUSTOMER)
    added = []
    for one in rows:
        row, created = Participant.objects.get_or_create(
            case=survivor.case,
            organisation_id=one.organisation_id,
            audience=one.audience,
            address=one.address,
            defaults={
                "name": one.name,
                "contact_id": one.contact_id,
                "is_subscribed": one.is_subscribed,
                "is_approved": one.is_approved,
            },
        )
        added += [row.pk] if created else []
    return added


def _bring_partner(merged: Locked, survivor: Locked) -> Brought:
    """A partner of the merged case goes on with the survivor, under the words it knows."""
    brought: Brought = {"sides": [], "promoted": []}
    for organisation_id, side in merged.sides.items():
        if organisation_id == merged.case.host_id or side.sharing != Sharing.SHARED:
            continue
        there = survivor.sides.get(organisation_id)
        if there is None:
            survivor.sides[organisation_id] = there = _copy_of(side, survivor)
            brought["sides"].append(there.pk)
        elif there.sharing == Sharing.LISTED:
            there.subject, there.description = side.subject, side.description
            there.save(update_fields=["subject", "description"])
            brought["promoted"].append(there.pk)
        else:
            continue
        _set_sharing(survivor, there, Sharing.SHARED)
        court.move(survivor, Turn.JOINED)
        index_parties([survivor.case.pk])
    return brought


def _copy_of(side: Side, survivor: Locked) -> Side:
    case = survivor.case
    return Side.objects.create(
        case=case,
        organisation_id=side.organisation_id,
        sharing=Sharing.SHARED,
        subject=side.subject,
        description=side.description,
        owner=side.owner,
        team_id=side.team_id,
        priority_id=side.priority_id,
        crm_number=side.crm_number,
        court=Court.NOBODY,
        shipment_id=case.shipment_id,
        number=case.number,
        status=case.status,
        type=case.type,
        created_at=case.created_at,
        closed_at=case.closed_at,
    )


def _set_sharing(survivor: Locked, partner: Side, sharing: Sharing) -> None:
    """How far the partner sees the survivor, which is what the host's side says too."""
    Side.objects.filter(pk=partner.pk).update(sharing=sharing)
    partner.sharing = sharing
    shared = sharing is Sharing.SHARED
    Side.objects.filter(pk=survivor.host_side.pk).update(
        sharing=Sharing.SHARED if shared else Sharing.INTERNAL
    )
    share_partner(survivor.case)


def _send_home(side: Side, survivor: Locked) -> None:
    if _has_spoken(side):
        return
    SearchDocument.objects.filter(case=side.case_id, organisation=side.organisation_id).delete()
    Watch.objects.filter(case=side.case_id, organisation=side.organisation_id).delete()
    side.delete()
    Side.objects.filter(pk=survivor.host_side.pk).update(sharing=Sharing.INTERNAL)
    index_parties([survivor.case.pk])
    share_partner(survivor.case)


def _has_spoken(side: Side) -> bool:
    """Whether anything was said on the survivor by this partner or to it: it stays with what it knows."""
    theirs = Q(organisation=side.organisation_id) | Q(partner=side.organisation_id)
    return Message.objects.filter(theirs, case=side.case_id).exists()


def _running_suspension(merged: Locked) -> list[int]:
    if merged.case.status != Status.ON_HOLD:
        return []
    return list(Suspension.objects.filter(case=merged.case, ended_at=None).values_list("pk", flat=True))
