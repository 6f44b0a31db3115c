"""From a signed-in person to a viewer: which seat, of which organisation."""

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

from caseway.accounts.models import Person
from caseway.accounts.seats import viewers_at_desks
from caseway.accounts.viewer import NOBODY, Seat, Viewer

from .models import Contact

K = TypeVar("K", bound=Hashable)


def contact_viewer(contact: Contact, *, scopes: frozenset[str] = frozenset()) -> Viewer:
    """The viewer that a contact with a portal sign-in gives."""
    return Viewer(
        seat=Seat.CONTACT,
        person=contact.person,
        organisation=contact.organisation,
        contact_id=contact.pk,
        account_id=contact.account_id,
        administers_account=contact.administers_account,
        scopes=scopes,
    )


def desk_viewer_of(person: Person, organisation_id: int | None = None) -> Viewer:
    """The person at a desk: of `organisation_id` where they have a seat there, else at their first.

    Nobody where the person has no active seat. One query.
    """
    return desk_viewers_of({0: (person, organisation_id)})[0]


def desk_viewers_of(people: Mapping[K, tuple[Person, int | None]]) -> dict[K, Viewer]:
    """The same for many, each with the organisation of their choice; one query for all."""
    seats: dict[int, list[Viewer]] = defaultdict(list)
    if people:
        for seat in viewers_at_desks(person for person, _chosen in people.values()):
            seats[seat.me].append(seat)
    return {key: _at_desk(seats[person.pk], chosen) for key, (person, chosen) in people.items()}


def _at_desk(seats: Sequence[Viewer], organisation_id: int | None) -> Viewer:
    chosen = (seat for seat in seats if seat.organisation_id == organisation_id)
    return next(chosen, seats[0] if seats else NOBODY)


def portal_viewer_of(person: Person, organisation_id: int | None = None) -> Viewer:
    """The person in a portal: of `organisation_id` (the brand's) or of the first that serves them.

    Nobody where that organisation, or any, has no such contact. One query.
    """
    return portal_viewers_of({0: (person, organisation_id)})[0]


def portal_viewers_of(people: Mapping[K, tuple[Person, int | None]]) -> dict[K, Viewer]:
    """The same for many, each with the organisation whose portal they are in; one query for all."""
    contacts: dict[int, list[Contact]] = defaultdict(list)
    if people:
        ids = [person.pk for person, _organisation in people.values()]
        found = Contact.objects.filter(person__in=ids, is_active=True)
        for contact in found.select_related("organisation", "account", "person").order_by("pk"):
            contacts[contact.person_id or 0].append(contact)
    return {key: _in_portal(contacts[person.pk], wanted) for key, (person, wanted) in people.items()}


def _in_portal(contacts: Sequence[Contact], organisation_id: int | None) -> Viewer:
    fitting = (c for c in contacts if organisation_id is None or c.organisation_id == organisation_id)
    contact = next(fitting, None)
    return contact_viewer(contact) if contact else NOBODY


def viewer_of(person: Person, organisation_id: int | None = None) -> Viewer:
    """The person's main seat: at a desk (of `organisation_id` by choice) if any, else in a portal."""
    at_desk = desk_viewer_of(person, organisation_id)
    return at_desk if at_desk.is_agent else portal_viewer_of(person)
