"""Associating cases that stay apart; one side's own knowledge."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from caseway.accounts.viewer import Viewer
from caseway.cases.access.locking import Locked, lock_cases
from caseway.cases.access.rules import Operation, demand
from caseway.cases.history.actions import SeenBy, record
from caseway.cases.history.events import CasesLinked
from caseway.cases.models import Case, CaseLink
from caseway.core.errors import Invalid
from caseway.core.transactions import action


@action
def link(case: Case, *, by: Viewer, other: Case, kind: CaseLink.Kind = CaseLink.Kind.RELATED) -> CaseLink:
    """Link two cases, both loaded through `visible_to`; linking again, or back, changes the kind."""
    if case.pk == other.pk:
        raise Invalid({"other": _("A case can't be linked to itself.")})
    locked = lock_cases([case.pk, other.pk])
    demand(by, Operation.LINK, locked[case.pk].case, locked[case.pk].side_of(by))
    row = between(case.pk, other.pk, by).first()
    if row is None:
        row = CaseLink.objects.create(organisation_id=by.us, case=case, other=other, kind=kind, by=by.person)
        _tell(locked, row, by)
    elif row.kind != kind:
        CaseLink.objects.filter(pk=row.pk).update(kind=kind, by=by.person)
        row.kind = kind
    return row


@action
def unlink(row: CaseLink, *, by: Viewer) -> None:
    """Take a link of our own away; nothing happens where somebody did before."""
    locked = lock_cases([row.case_id, row.other_id])
    demand(by, Operation.LINK, locked[row.case_id].case, locked[row.case_id].side_of(by))
    if between(row.case_id, row.other_id, by).delete()[0]:
        _tell(locked, row, by, removed=True)


@action
def unlink_cases(case: Case, other: Case, *, by: Viewer) -> None:
    """Take away whatever link of our own there is between the two."""
    for row in between(case.pk, other.pk, by):
        unlink(row, by=by)


def between(one: int, other: int, by: Viewer) -> QuerySet[CaseLink]:
    """The links of the viewer's own organisation between two cases, whichever was linked to which."""
    ways = Q(case=one, other=other) | Q(case=other, other=one)
    return CaseLink.objects.filter(ways, organisation=by.us)


def _tell(locked: dict[int, Locked], row: CaseLink, by: Viewer, *, removed: bool = False) -> None:
    """Both cases tell it, each of the other."""
    for case, other in ((row.case_id, row.other_id), (row.other_id, row.case_id)):
        record(locked[case].case, CasesLinked(other_case_id=other, removed=removed), by, SeenBy.ORGANISATION)
