"""Cases to choose from when two are to be linked or merged."""

from django.db.models import Q, QuerySet

from caseway.accounts.viewer import Viewer
from caseway.cases.models import Side
from caseway.cases.search.queries import BEST_FIRST, matching
from caseway.cases.status import ACTIVE

MOST = 6


def candidates(side: Side, viewer: Viewer, typed: str, *, only_active: bool = False) -> list[Side]:
    """Cases that fit what was typed, the best first; before that, those of the same shipment or customer."""
    rows: QuerySet[Side] = Side.objects.visible_to(viewer).exclude(case=side.case_id)
    if only_active:
        rows = rows.filter(status__in=sorted(ACTIVE))
    if typed.strip():
        found = matching(rows, typed, viewer, narrowed=only_active).order_by(*BEST_FIRST)
    else:
        found = rows.filter(_kin_of(side)).order_by("-updated_at", "-pk")
    return list(found.select_related("case__contact", "case__account")[:MOST])


def _kin_of(side: Side) -> Q:
    case, kin = side.case, Q(pk__in=[])
    if case.shipment_id:
        kin |= Q(case__shipment=case.shipment_id)
    if case.contact_id:
        kin |= Q(case__contact=case.contact_id)
    return kin
