"""The people of an organisation's desk."""

from typing import Any

from django.db.models import Case, F, Q, QuerySet, When
from django.db.models.functions import Lower

from caseway.accounts.models import Membership, Person
from caseway.accounts.viewer import Viewer
from caseway.core.errors import NotFound
from caseway.core.fingerprints import fingerprint
from caseway.core.paging import Order, Page, page_of
from caseway.customers.models import Contact

BY_NAME = Order("sorted_by", descending=False)
AT_ONCE = 100


def seats_at(viewer: Viewer) -> QuerySet[Membership]:
    """The seats at the agent's desk, switched-off and invited ones too; none for anybody else."""
    seats = Membership.objects.filter(organisation=viewer.organisation_id)
    joined = seats.select_related("person", "role", "organisation").prefetch_related("teams")
    return joined if viewer.is_agent else joined.none()


def seat_at(viewer: Viewer, key: int) -> Membership:
    """One of them. Raises NotFound for any other."""
    found = seats_at(viewer).filter(pk=key).first()
    if found is None:
        raise NotFound
    return found


def people_page(viewer: Viewer, words: str, cursor: str | None) -> Page[Membership]:
    """The people whose name or address holds the words, by name, a hundred at once."""
    shown = Case(When(~Q(invited_name=""), then=F("invited_name")), default=F("person__name"))
    found = seats_at(viewer).annotate(sorted_by=Lower(shown))
    if words:
        found = found.filter(Q(sorted_by__contains=words.lower()) | Q(person__email__contains=words.lower()))
    return page_of(found, BY_NAME, limit=AT_ONCE, cursor=cursor, bound_to=f"people {viewer.us} {words}")


def is_ours_alone(person: Person, organisation_id: int) -> bool:
    """Whether the person signs in nowhere but at this organisation: then their sessions are ours to end."""
    seats = Membership.objects.filter(person=person, is_active=True).exclude(organisation=organisation_id)
    contacts = Contact.objects.filter(person=person, is_active=True).exclude(organisation=organisation_id)
    return not (person.is_staff or seats.exists() or contacts.exists())


def state_of(seat: Membership) -> dict[str, Any]:
    """All that can be changed of a seat, as JSON values."""
    teams = sorted(seat.teams.values_list("pk", flat=True))
    return {"role": seat.role_id, "teams": teams, "is_active": seat.is_active}


def version_of(seat: Membership) -> int:
    """A number that moves with what is stored of the seat."""
    return fingerprint(seat.pk, state_of(seat))
