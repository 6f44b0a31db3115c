"""From a signed-in person to a viewer: which seat, of which organisation."""

from caseway.accounts.models import Person
from caseway.accounts.seats import seats_of
from caseway.accounts.viewer import NOBODY, Seat, Viewer, agent_viewer

from .models import Contact


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

    Nobody where the person has no active seat. Two queries.
    """
    seats = list(seats_of(person))
    chosen = next((seat for seat in seats if seat.organisation_id == organisation_id), None)
    if chosen is None and seats:
        chosen = seats[0]
    return agent_viewer(chosen) if chosen else NOBODY


def portal_viewer_of(person: Person, organisation_id: int | None = None) -> Viewer:
    """The person in a portal: of `organisation_id` (the brand's) or of the first that serves them.

    Nobody where that organisation, or any, has no such contact. One query.
    """
    contacts = Contact.objects.filter(person=person, is_active=True)
    if organisation_id is not None:
        contacts = contacts.filter(organisation=organisation_id)
    contact = contacts.select_related("organisation", "account", "person").order_by("pk").first()
    return contact_viewer(contact) if contact else NOBODY


def viewer_of(person: Person, organisation_id: int | None = None) -> Viewer:
    """The person's main seat: at a desk (of `organisation_id` by choice) if any, else in a portal."""
    at_desk = desk_viewer_of(person, organisation_id)
    return at_desk if at_desk.is_agent else portal_viewer_of(person)
