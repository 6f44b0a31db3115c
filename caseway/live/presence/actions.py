"""Coming, writing, going: kept for seconds, told at once."""

from datetime import timedelta

from caseway.accounts.viewer import Viewer
from caseway.cases.models import Case
from caseway.core.channels import PRESENCE, notify
from caseway.core.clock import now
from caseway.core.transactions import action
from caseway.live.models import Presence

STAYS = timedelta(seconds=50)
"""How long somebody counts as being here after the last beat of their browser, which comes every 20 s."""
WRITES = timedelta(seconds=25)


@action
def be_here(case: Case, *, by: Viewer, writing: bool) -> None:
    """Say that the viewer, an agent, has the case open, and whether they are writing.

    Colleagues are told only when that is news. Load the case through `visible_to`.
    """
    moment = now()
    key = {"case": case, "person": by.person, "organisation": by.organisation}
    before = Presence.objects.filter(**key, here_until__gt=moment).first()
    wrote = before is not None and before.writing_until is not None and before.writing_until > moment
    Presence.objects.bulk_create(
        [Presence(**key, here_until=moment + STAYS, writing_until=moment + WRITES if writing else None)],
        update_conflicts=True,
        unique_fields=["organisation", "person", "case"],
        update_fields=["here_until", "writing_until"],
    )
    if before is None or wrote is not writing:
        notify(PRESENCE)


@action
def leave(case: Case, *, by: Viewer) -> None:
    """Say that the viewer has closed the case. Another window of theirs brings them back by its next beat."""
    gone, _each = Presence.objects.filter(case=case, person=by.person, organisation=by.organisation).delete()
    if gone:
        notify(PRESENCE)


def sweep() -> int:
    """Delete who is no longer here; returns how many. Called now and then by the stream server."""
    return Presence.objects.filter(here_until__lte=now()).delete()[0]
