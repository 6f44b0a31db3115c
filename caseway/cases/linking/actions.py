"""Associating cases that stay apart; one side's own knowledge."""

from django.utils.translation import gettext as _

from caseway.accounts.viewer import Viewer
from caseway.cases.access.locking import lock_cases
from caseway.cases.access.rules import Operation, demand
from caseway.cases.history.actions import SeenBy, record
from caseway.cases.history.events import CasesLinked
from caseway.cases.models import Case, CaseLink
from caseway.core.errors import Invalid
from caseway.core.transactions import action


@action
def link(case: Case, *, by: Viewer, other: Case, kind: CaseLink.Kind = CaseLink.Kind.RELATED) -> CaseLink:
    """Link two cases, both loaded through `visible_to`; linking again changes the kind."""
    if case.pk == other.pk:
        raise Invalid({"other": _("A case can't be linked to itself.")})
    locked = lock_cases([case.pk, other.pk])[case.pk]
    demand(by, Operation.LINK, locked.case, locked.side_of(by))
    row, created = CaseLink.objects.update_or_create(
        organisation_id=by.us, case=case, other=other, defaults={"kind": kind, "by": by.person}
    )
    if created:
        record(locked.case, CasesLinked(other_case_id=other.pk), by, SeenBy.ORGANISATION)
    return row


@action
def unlink(row: CaseLink, *, by: Viewer) -> None:
    """Take a link of our own away."""
    locked = lock_cases([row.case_id])[row.case_id]
    demand(by, Operation.LINK, locked.case, locked.side_of(by))
    if CaseLink.objects.filter(pk=row.pk, organisation=by.organisation_id).delete()[0]:
        event = CasesLinked(other_case_id=row.other_id, removed=True)
        record(locked.case, event, by, SeenBy.ORGANISATION)
