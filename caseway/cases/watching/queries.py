"""Who follows a case, as the viewer's own side knows."""

from django.db.models import QuerySet

from caseway.accounts.asking import AskedBy
from caseway.accounts.models import Person
from caseway.accounts.viewer import Viewer
from caseway.cases.models import Case
from caseway.core.database.statements import Slot


def watchers_of(case: Case, viewer: Viewer) -> list[Person]:
    """The watchers of the viewer's own side, the longest first."""
    return _watchers.rows(viewer, case=case.pk)


@AskedBy
def _watchers(viewer: Viewer) -> QuerySet[Person]:
    watching = Person.objects.filter(watches__case=Slot("case"), watches__organisation=viewer.organisation_id)
    return watching.order_by("watches__since")


def is_watched(case: Case, viewer: Viewer) -> bool:
    """Whether the viewer follows the case."""
    return case.watches.filter(person=viewer.person_id, organisation=viewer.organisation_id).exists()
