"""Merging a case into another, and taking it apart again.

The merged case keeps its messages, which are read from the survivor by those who could read
them before. Watchers and participants join the survivor. The old number goes on working. Where
the two have different customers, each goes on talking with us under their own number.
"""

from django.db.models import Q
from django.utils.translation import gettext as _

from caseway.accounts.viewer import Viewer
from caseway.cases import copies
from caseway.cases.access.locking import Locked, lock_cases
from caseway.cases.access.rules import Operation, demand
from caseway.cases.history.actions import SeenBy, record
from caseway.cases.history.events import CaseMerged, CaseUnmerged
from caseway.cases.lifecycle.actions import awake_status, move
from caseway.cases.models import Case, Merge, Suspension
from caseway.cases.status import Status
from caseway.core.clock import now
from caseway.core.errors import Conflict, Invalid, NotFound
from caseway.core.transactions import action

from .bringing import bring_along, take_away
from .fitting import Part, customers_differ, obstacle_to


@action
def merge(case: Case, *, by: Viewer, into: Case, across_customers: bool = False) -> Case:
    """Merge `case` into `into`, both loaded through `visible_to`; gives the survivor.

    Cases of different customers are merged only with `across_customers`: Invalid there without it.
    Raises Invalid at `into` for the case itself, Conflict where the survivor is merged itself,
    where more than two organisations would meet, or where a customer would get no answers.
    """
    if case.pk == into.pk:
        raise Invalid({"into": _("Choose another case than this one.")})
    both = lock_cases([case.pk, into.pk])
    merged, survivor = both[case.pk], both[into.pk]
    _must_see(by, [case.pk, into.pk])
    demand(by, Operation.MERGE, merged.case, merged.side_of(by))
    _check_fit(merged, survivor, by, across_customers=across_customers)
    Merge.objects.create(
        case=merged.case,
        survivor=survivor.case,
        organisation_id=by.organisation_id,
        by=by.person,
        status_before=awake_status(merged.case),
        brought=bring_along(merged, survivor),
    )
    merged.case.merged_into = survivor.case
    move(merged, Status.MERGED)
    _note_on(survivor, merged)
    record(merged.case, CaseMerged(other_case_id=survivor.case.pk, absorbed=False), by)
    record(survivor.case, CaseMerged(other_case_id=merged.case.pk, absorbed=True), by, SeenBy.SIDES)
    return survivor.case


@action
def unmerge(case: Case, *, by: Viewer) -> Case:
    """Take a merged case out of its survivor again: it returns to the status before.

    What was said on the survivor meanwhile stays there. Raises NotFound, NotAllowed, Conflict.
    """
    standing = Merge.objects.filter(case=case, undone_at=None).first()
    if standing is None:
        raise Conflict(_("This case is not merged."))
    both = lock_cases([case.pk, standing.survivor_id])
    merged, survivor = both[case.pk], both[standing.survivor_id]
    _must_see(by, [case.pk])
    demand(by, Operation.UNMERGE, merged.case, merged.side_of(by))
    if not Merge.objects.filter(pk=standing.pk, undone_at=None).update(undone_at=now()):
        raise Conflict(_("This case is not merged."))
    take_away(standing, survivor)
    merged.case.merged_into = None
    _return(merged, standing)
    _note_on(survivor, merged)
    record(merged.case, CaseUnmerged(other_case_id=survivor.case.pk), by)
    record(survivor.case, CaseUnmerged(other_case_id=merged.case.pk), by, SeenBy.SIDES)
    return merged.case


def _must_see(by: Viewer, ids: list[int]) -> None:
    if Case.objects.visible_to(by).filter(pk__in=ids).count() != len(ids):
        raise NotFound


def _check_fit(merged: Locked, survivor: Locked, by: Viewer, *, across_customers: bool) -> None:
    obstacle = obstacle_to(Part(merged.case, merged.sides), Part(survivor.case, survivor.sides), by)
    if obstacle:
        raise Conflict(obstacle)
    if customers_differ(merged.case, survivor.case) and not across_customers:
        words = _("The two cases belong to different customers. Confirm that they are to be merged.")
        raise Invalid({"across_customers": words})


def _note_on(survivor: Locked, merged: Locked) -> None:
    """The survivor has changed for everybody who sees it: for its customer only by a case of their own."""
    copies.touch(survivor.sides.values())
    if not customers_differ(merged.case, survivor.case):
        copies.touch_customer(survivor.case)


def _return(merged: Locked, standing: Merge) -> None:
    """The status before; a rest that still lasts goes on."""
    lasts = Q(until=None) | Q(until__gt=now())
    rest = Suspension.objects.filter(lasts, pk__in=standing.brought.get("suspensions", []))
    if rest.update(ended_at=None):
        move(merged, Status.ON_HOLD, undone=True)
    else:
        move(merged, Status(standing.status_before), undone=True)
