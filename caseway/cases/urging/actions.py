"""Asking the owner to hurry."""

from django.utils.translation import gettext as _

from caseway.accounts.viewer import Viewer
from caseway.cases.access.locking import lock_for
from caseway.cases.access.rules import Operation
from caseway.cases.history.actions import SeenBy, record
from caseway.cases.history.events import OwnerUrged
from caseway.cases.models import Case
from caseway.core.errors import Conflict
from caseway.core.limits import count
from caseway.core.transactions import action

HOUR = 3600
MOST_IN_AN_HOUR = 3
"""Of one case and side, whoever urges."""


@action
def urge(case: Case, *, by: Viewer) -> Case:
    """Remind our owner of the case by mail.

    Raises Conflict where nobody owns it, nothing is configured, or it was done too often.
    """
    locked = lock_for(by, Operation.URGE, case)
    side = locked.side_of(by)
    if not by.policy.urging_by_mail:
        raise Conflict(
            _("Reminders are not configured. An administrator can switch them on in the settings.")
        )
    if side is None or side.owner_id is None:
        raise Conflict(_("Nobody owns this case yet, so nobody can be urged. Claim or assign it."))
    if count(f"urge of {locked.case.pk} by {by.us}", HOUR) > MOST_IN_AN_HOUR:
        raise Conflict(_("The owner was urged several times in the last hour. Ask them, or a team lead."))
    record(locked.case, OwnerUrged(owner_person_id=side.owner_id), by, SeenBy.ORGANISATION)
    return locked.case
