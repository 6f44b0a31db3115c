"""Merging a case into another, and taking it apart again.

The merged case keeps its messages, which are read from the survivor by those who could read
them before. Watchers and participants join the survivor. The old number goes on working.
"""

from django.utils.translation import gettext as _

from caseway.accounts.viewer import Viewer
from caseway.cases import copies
from caseway.cases.access.locking import Locked, lock_cases
from caseway.cases.access.rules import Operation, demand
from caseway.cases.history.actions import SeenBy, record
from caseway.cases.history.events import CaseMerged, CaseUnmerged
from caseway.cases.lifecycle.actions import awake_status, move
from caseway.cases.models import Case, Merge, Participant, Side, Watch
from caseway.cases.partnering.actions import MOST_ORGANISATIONS
from caseway.cases.search.actions import index_side
from caseway.cases.status import Status
from caseway.cases.types import Court, Sharing
from caseway.core.clock import now
from caseway.core.errors import Conflict, Invalid, NotFound
from caseway.core.transactions import action


@action
def merge(case: Case, *, by: Viewer, into: Case) -> Case:
    """Merge `case` into `into`, both loaded through `visible_to`; gives the survivor.

    Raises Invalid at `into` for the case itself, Conflict where the survivor is merged itself,
    where more than two organisations would meet, or where the two have different customers.
    """
    if case.pk == into.pk:
        raise Invalid({"into": _("Choose another case than this one.")})
    both = lock_cases([case.pk, into.pk])
    merged, survivor = both[case.pk], both[into.pk]
    _must_see(by, [case.pk, into.pk])
    demand(by, Operation.MERGE, merged.case, merged.side_of(by))
    _check_fit(merged, survivor, by)
    brought = _bring_along(merged, survivor)
    Merge.objects.create(
        case=merged.case,
        survivor=survivor.case,
        organisation_id=by.organisation_id,
        by=by.person,
        status_before=awake_status(merged.case),
        brought=brought,
    )
    merged.case.merged_into = survivor.case
    move(merged, Status.MERGED)
    copies.touch(survivor.sides.values())
    copies.touch_customer(survivor.case)
    record(merged.case, CaseMerged(other_case_id=survivor.case.pk, absorbed=False), by)
    record(survivor.case, CaseMerged(other_case_id=merged.case.pk, absorbed=True), by, SeenBy.SIDES)
    return survivor.case


@action
def unmerge(case: Case, *, by: Viewer) -> Case:
    """Take a merged case out of its survivor again: it returns to the status before."""
    standing = Merge.objects.filter(case=case, undone_at=None).first()
    if standing is None:
        raise Conflict(_("This case is not merged."))
    both = lock_cases([case.pk, standing.survivor_id])
    merged, survivor = both[case.pk], both[standing.survivor_id]
    _must_see(by, [case.pk])
    demand(by, Operation.UNMERGE, merged.case, merged.side_of(by))
    if not Merge.objects.filter(pk=standing.pk, undone_at=None).update(undone_at=now()):
        raise Conflict(_("This case is not merged."))
    _take_away(standing)
    merged.case.merged_into = None
    move(merged, Status(standing.status_before))
    copies.touch(survivor.sides.values())
    copies.touch_customer(survivor.case)
    record(merged.case, CaseUnmerged(other_case_id=survivor.case.pk), by)
    record(survivor.case, CaseUnmerged(other_case_id=merged.case.pk), by, SeenBy.SIDES)
    return merged.case


def _must_see(by: Viewer, ids: list[int]) -> None:
    if Case.objects.visible_to(by).filter(pk__in=ids).count() != len(ids):
        raise NotFound


def _check_fit(merged: Locked, survivor: Locked, by: Viewer) -> None:
    """A survivor that isn't merged itself can't close a cycle: its own way up ends with it."""
    if survivor.case.status == Status.MERGED:
        raise Conflict(
            _("%(case)s is merged itself. Choose the case it went into.") % {"case": survivor.case}
        )
    if len(set(merged.sides) | set(survivor.sides)) > MOST_ORGANISATIONS:
        raise Conflict(_("More than two organisations would meet on one case. Link the cases instead."))
    if merged.case.host_id != survivor.case.host_id:
        raise Conflict(_("The two cases belong to different organisations. Link them instead."))
    if merged.case.contact_id and not survivor.case.contact_id:
        words = _("%(case)s has no customer, and this one's would get no answers. Merge the other way round.")
        raise Conflict(words % {"case": survivor.case})
    customers = {merged.case.contact_id, survivor.case.contact_id} - {None}
    if len(customers) > 1:
        raise Conflict(
            _("The two cases have different customers. Link them instead, so that each gets answers.")
        )


def _bring_along(merged: Locked, survivor: Locked) -> dict[str, list[int]]:
    """Add watchers, participants and the partner to the survivor; the ids of what was added."""
    return {
        "watches": _copy_watches(merged.case, survivor.case),
        "participants": _copy_participants(merged.case, survivor.case),
        "sides": _copy_partner(merged, survivor),
    }


def _copy_watches(merged: Case, survivor: Case) -> list[int]:
    added = []
    for watch in merged.watches.order_by("organisation_id", "person_id"):
        row, created = Watch.objects.get_or_create(
            case=survivor, person_id=watch.person_id, organisation_id=watch.organisation_id
        )
        added += [row.pk] if created else []
    return added


def _copy_participants(merged: Case, survivor: Case) -> list[int]:
    added = []
    for one in merged.participants.order_by("pk"):
        row, created = Participant.objects.get_or_create(
            case=survivor,
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


def _copy_partner(merged: Locked, survivor: Locked) -> list[int]:
    """A partner of the merged case goes on with the survivor, under the words it knows."""
    added = []
    for organisation_id, side in merged.sides.items():
        if organisation_id in survivor.sides or side.sharing == Sharing.LISTED:
            continue
        new = Side.objects.create(
            case=survivor.case,
            organisation_id=organisation_id,
            sharing=Sharing.SHARED,
            subject=side.subject,
            description=side.description,
            owner=side.owner,
            team_id=side.team_id,
            priority_id=side.priority_id,
            crm_number=side.crm_number,
            court=Court.US,
            number=survivor.case.number,
            status=survivor.case.status,
            type=survivor.case.type,
            created_at=survivor.case.created_at,
            closed_at=survivor.case.closed_at,
        )
        survivor.sides[organisation_id] = new
        index_side(new)
        Side.objects.filter(pk=survivor.host_side.pk).update(sharing=Sharing.SHARED)
        added.append(new.pk)
    return added


def _take_away(standing: Merge) -> None:
    """Remove what the merge added, but for a partner who has written on the survivor meanwhile."""
    brought = standing.brought
    Watch.objects.filter(pk__in=brought.get("watches", [])).delete()
    Participant.objects.filter(pk__in=brought.get("participants", [])).delete()
    for side in Side.objects.filter(pk__in=brought.get("sides", [])):
        wrote = standing.survivor.messages.filter(partner__isnull=False).exists()
        if not wrote:
            side.delete()
            Side.objects.filter(case=standing.survivor_id).update(sharing=Sharing.INTERNAL)
