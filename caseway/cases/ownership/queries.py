"""Who could own a case."""

from django.db.models import Q

from caseway.accounts.models import Membership
from caseway.accounts.viewer import Viewer
from caseway.core.text import clean_line

MOST = 8


def colleagues_like(viewer: Viewer, typed: str) -> list[Membership]:
    """Active colleagues whose name or address holds what was typed, by name; the viewer among them."""
    seats = Membership.objects.filter(
        organisation=viewer.organisation_id, is_active=True, person__is_active=True
    )
    words = clean_line(typed, 80)
    if words:
        seats = seats.filter(Q(person__name__icontains=words) | Q(person__email__icontains=words))
    joined = seats.select_related("person").prefetch_related("teams")
    return list(joined.order_by("person__name", "pk")[:MOST])
