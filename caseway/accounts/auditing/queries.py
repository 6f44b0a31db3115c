"""The entries of an organisation's log, by key, filtered by person and by what they are about."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from caseway.accounts.models import AuditEntry, Membership, Person
from caseway.accounts.viewer import Viewer
from caseway.core.paging import Order, Page, page_of

LATEST_FIRST = Order("id")
AT_ONCE = 50


def entries_visible_to(viewer: Viewer) -> QuerySet[AuditEntry]:
    """The log of the agent's organisation; nothing for anybody else."""
    entries = AuditEntry.objects.filter(organisation=viewer.organisation_id)
    return entries if viewer.is_agent else entries.none()


def log_page(viewer: Viewer, *, person: int | None, topic: str, cursor: str | None) -> Page[AuditEntry]:
    """Fifty entries, latest first: those that `person` did or that were done to them, about `topic`."""
    found = entries_visible_to(viewer)
    if person is not None:
        found = found.filter(Q(actor=person) | Q(subject=person))
    if topic:
        found = found.filter(topic=topic)
    bound_to = f"log {viewer.us} {person} {topic}"
    return page_of(found, LATEST_FIRST, limit=AT_ONCE, cursor=cursor, bound_to=bound_to)


def people_named(viewer: Viewer, ids: Iterable[int]) -> dict[int, str]:
    """The names of these people as colleagues know them: those with a seat here, and the system's own.

    Who never had a seat here, or has not accepted one, isn't named by their own name.
    """
    wanted = set(ids)
    seats = Membership.objects.filter(organisation=viewer.us, person__in=wanted).select_related("person")
    staff = Person.objects.filter(pk__in=wanted, is_staff=True)
    return {one.pk: str(one) for one in staff} | {seat.person_id: seat.shown_name for seat in seats}
