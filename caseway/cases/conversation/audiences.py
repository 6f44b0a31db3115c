"""Who can be written to from a desk."""

from caseway.accounts.viewer import Viewer
from caseway.cases.access.rules import Operation, offered
from caseway.cases.models import Side
from caseway.cases.status import Status
from caseway.cases.types import Audience, Sharing


def audiences_of(side: Side, viewer: Viewer) -> list[Audience]:
    """Whom the viewer can write to from this side, in the composer's order; one query for the partner."""
    can = offered(viewer, side.case, side)
    others = Side.objects.filter(case=side.case_id, sharing=Sharing.SHARED).exclude(pk=side.pk)
    return open_audiences(side, viewer, can, has_partner=Operation.COMMENT in can and others.exists())


def open_audiences(
    side: Side, viewer: Viewer, can: frozenset[Operation], *, has_partner: bool
) -> list[Audience]:
    """The same where it is known what the viewer can do and whether another side shares the case.

    Only the host talks with the customer, only a partner who shares the case reads, and what is
    merged goes on with the partner on the case that it went into.
    """
    found = []
    if Operation.COMMENT in can:
        if side.case.host_id == viewer.organisation_id and side.case.contact_id:
            found.append(Audience.CUSTOMER)
        if has_partner and side.status != Status.MERGED:
            found.append(Audience.PARTNER)
    if Operation.NOTE in can:
        found.append(Audience.TEAM)
    if Operation.RECORD in can:
        found.append(Audience.RECORD)
    return found
