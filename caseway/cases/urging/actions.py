"""Asking the owner to hurry."""

from django.utils.translation import gettext as _

from caseway.accounts.models import Person
from caseway.accounts.viewer import Viewer
from caseway.cases.access.locking import lock_for
from caseway.cases.access.rules import Operation
from caseway.cases.history.actions import SeenBy, record
from caseway.cases.history.events import OwnerUrged
from caseway.cases.models import Case
from caseway.cases.types import UrgeWay
from caseway.core.errors import Conflict, Invalid
from caseway.core.limits import count
from caseway.core.transactions import action

from .ways import configured, obstacle_to

HOUR = 3600
MOST_IN_AN_HOUR = 3
"""Of one case and side, whoever urges."""


@action
def urge(case: Case, *, by: Viewer, way: str = "") -> Case:
    """Remind our owner of the case by e-mail or SMS; "" chooses what the organisation uses.

    Raises Invalid at `way` for another one, Conflict where nobody owns the case, nothing is configured,
    this way doesn't lead to the owner, or it was done too often.
    """
    locked = lock_for(by, Operation.URGE, case)
    side = locked.side_of(by)
    ways = configured(by.policy)
    if not ways:
        raise Conflict(not_configured())
    if side is None or side.owner is None:
        raise Conflict(nobody_to_urge())
    chosen = _chosen(way, ways, side.owner)
    if count(f"urge of {locked.case.pk} by {by.us}", HOUR) > MOST_IN_AN_HOUR:
        raise Conflict(_("The owner was urged several times in the last hour. Ask them, or a team lead."))
    urged = OwnerUrged(owner_person_id=side.owner.pk, way=chosen)
    record(locked.case, urged, by, SeenBy.ORGANISATION)
    return locked.case


def not_configured() -> str:
    """What whoever urges is told where the organisation wants no urging."""
    return _("Reminders are not configured. An administrator can switch them on in the settings.")


def nobody_to_urge() -> str:
    """What whoever urges is told of a case without owner."""
    return _("Nobody owns this case yet, so nobody can be urged. Claim or assign it.")


def _chosen(way: str, ways: list[UrgeWay], owner: Person) -> UrgeWay:
    if way and way not in UrgeWay.values:
        raise Invalid({"way": _("Choose email or sms.")})
    chosen = UrgeWay(way) if way else ways[0]
    if chosen not in ways:
        words = _("Your organisation does not urge by %(way)s. An administrator can switch it on.")
        raise Conflict(words % {"way": chosen.label})
    if obstacle := obstacle_to(chosen, owner):
        raise Conflict(obstacle)
    return chosen
