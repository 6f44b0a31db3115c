"""Whether two cases fit into one, and in which words they don't."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from caseway.accounts.viewer import Viewer
from caseway.cases.models import Case, Side
from caseway.cases.partnering.actions import MOST_ORGANISATIONS
from caseway.cases.status import Status


@dataclass(frozen=True)
class Part:
    """A case that is to be merged, or to survive, with the sides of everybody on it by organisation."""

    case: Case
    sides: Mapping[int, Side]


def obstacle_to(merged: Part, survivor: Part, by: Viewer) -> str:
    """Why the one can't go into the other; "" where it can.

    A survivor that isn't merged itself can't close a cycle: its own way up ends with it.
    """
    if survivor.case.status == Status.MERGED:
        words = _("%(case)s is merged itself. Choose the case it went into.")
        return words % {"case": survivor.case}
    if len(set(merged.sides) | set(survivor.sides)) > MOST_ORGANISATIONS:
        return _("More than two organisations would meet on one case. Link the cases instead.")
    if merged.case.host_id != survivor.case.host_id:
        return _("The two cases belong to different organisations. Link them instead.")
    if merged.case.contact_id and not survivor.case.contact_id:
        words = _("%(case)s has no customer, and this one's would get no answers. Merge the other way round.")
        return words % {"case": survivor.case}
    if customers_differ(merged.case, survivor.case) and by.organisation_id != merged.case.host_id:
        return _("Only %(host)s can merge these two. Link them instead.") % {"host": merged.case.host}
    return ""


def customers_differ(one: Case, other: Case) -> bool:
    """Whether the two have different contacts, or belong to different customer accounts."""
    contacts = {one.contact_id, other.contact_id} - {None}
    accounts = {one.account_id, other.account_id} - {None}
    return len(contacts) > 1 or len(accounts) > 1
