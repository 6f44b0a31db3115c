"""Who follows a case, as the viewer's own side knows."""

from caseway.accounts.models import Person
from caseway.accounts.viewer import Viewer
from caseway.cases.models import Case


def watchers_of(case: Case, viewer: Viewer) -> list[Person]:
    """The watchers of the viewer's own side, the longest first."""
    return list(
        Person.objects.filter(watches__case=case, watches__organisation=viewer.organisation_id).order_by(
            "watches__since"
        )
    )


def is_watched(case: Case, viewer: Viewer) -> bool:
    """Whether the viewer follows the case."""
    return case.watches.filter(person=viewer.person_id, organisation=viewer.organisation_id).exists()
