"""From what a program sends to a token, and from the token to a viewer."""

from caseway.accounts.models import Person
from caseway.accounts.seats import seats_of
from caseway.accounts.viewer import Viewer, agent_viewer
from caseway.api.models import Token
from caseway.customers.models import Contact
from caseway.customers.viewers import contact_viewer


def living_token(handle: str) -> Token | None:
    """The token with this handle, unless it was revoked or its person lost their sign-in; one query."""
    token = (
        Token.objects.select_related("person")
        .filter(handle=handle, revoked_at=None, person__is_active=True)
        .first()
    )
    return token if token and token.session_epoch == token.person.session_epoch else None


def seat_of(person: Person, organisation_id: int, scopes: frozenset[str] = frozenset()) -> Viewer | None:
    """The person's viewer at exactly this organisation: at its desk if they have a seat, else in its portal.

    Never another organisation's: a token belongs to one. Two queries for agents, three for contacts.
    """
    seat = seats_of(person).filter(organisation=organisation_id).first()
    if seat is not None:
        return agent_viewer(seat, scopes=scopes)
    contact = (
        Contact.objects.filter(person=person, organisation=organisation_id, is_active=True)
        .select_related("organisation", "account", "person")
        .first()
    )
    return contact_viewer(contact, scopes=scopes) if contact else None
