"""How somebody likes to send, by audience: with which status after it."""

from caseway.accounts.models import Membership
from caseway.accounts.viewer import Viewer
from caseway.cases.status import Status
from caseway.cases.types import Audience

WAYS = ("", "stay", Status.PENDING_CUSTOMER.value, Status.ON_HOLD.value, Status.CLOSED.value)
"""What is remembered; the first is the policy's default."""


def remember_way(viewer: Viewer, audience: Audience, way: str) -> None:
    """Offer this way first from now on, wherever the person signs in."""
    if way not in WAYS or viewer.sends_with.get(audience.value, "") == way:
        return
    Membership.objects.filter(person=viewer.person_id, organisation=viewer.organisation_id).update(
        sends_with={**viewer.sends_with, audience.value: way}
    )
