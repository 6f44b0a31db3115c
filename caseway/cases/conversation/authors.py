"""Who wrote a message, whether they were signed in or wrote a mail."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from caseway.accounts.models import Person
from caseway.accounts.viewer import Viewer
from caseway.cases.history.actions import Actor
from caseway.core.errors import NotAllowed
from caseway.customers.models import Contact


@dataclass(frozen=True)
class Author:
    """The writer of a message. `organisation_id` is None for customers."""

    name: str
    address: str = ""
    person: Person | None = None
    contact: Contact | None = None
    organisation_id: int | None = None

    @classmethod
    def of(cls, viewer: Viewer) -> "Author":
        """The viewer as author."""
        person = viewer.person
        if person is None:
            raise NotAllowed(_("Sign in to write."))
        contact = Contact.objects.filter(pk=viewer.contact_id or 0).first() if viewer.is_contact else None
        return cls(
            name=person.name or person.email,
            address=person.email,
            person=person,
            contact=contact,
            organisation_id=viewer.organisation_id if viewer.is_agent else None,
        )

    @property
    def actor(self) -> Actor:
        """The author as the one who acts, for the history."""
        return Actor(
            person_id=self.person.pk if self.person else None,
            contact_id=self.contact.pk if self.contact else None,
            organisation_id=self.organisation_id,
        )
