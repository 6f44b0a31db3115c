"""From a signed-in person to a viewer: which seat, of which organisation."""

from caseway.accounts.models import Membership, Person
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
    """The person at a desk: of `organisation_id` where they have a seat there, else their first.

    Nobody where the person has no active seat.
    """
    seats = Membership.objects.filter(person=person, is_active=True, organisation__signs_in=True)
    if organisation_id is not None:
        seats = seats.filter(organisation=organisation_id)
    membership = seats.select_related("organisation", "role", "person").order_by("pk").first()
    return agent_viewer(membership) if membership else NOBODY


def portal_viewer_of(person: Person, organisation_id: int | None = None) -> Viewer:
    """The person in a portal: of `organisation_id` (the brand's) or of the first that serves them."""
    contacts = Contact.objects.filter(person=person)
    if organisation_id is not None:
        contacts = contacts.filter(organisation=organisation_id)
    contact = contacts.select_related("organisation", "account", "person").order_by("pk").first()
    return contact_viewer(contact) if contact else NOBODY


def viewer_of(person: Person) -> Viewer:
    """The person's main seat: at a desk if they have one, else in a portal."""
    at_desk = desk_viewer_of(person)
    return at_desk if at_desk.is_agent else portal_viewer_of(person)
