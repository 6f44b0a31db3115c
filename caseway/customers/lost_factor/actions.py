"""Taking the second factor from somebody who has lost it."""

from django.utils.translation import gettext as _

from caseway.accounts.models import Membership, Person
from caseway.accounts.permissions import Permission
from caseway.accounts.second_factor.actions import remove_all
from caseway.accounts.viewer import Viewer
from caseway.core.errors import NotAllowed, NotFound
from caseway.core.transactions import action
from caseway.customers.models import Contact


@action
def reset_lost_factor(person: Person, *, by: Viewer) -> None:
    """Let a colleague, or a contact of the viewer's organisation, sign in with their password alone.

    Ends their sessions, tells them by mail, and is kept in the audit log. Raises NotFound for somebody
    of another organisation, NotAllowed without the permission, for oneself, and for somebody who is at
    home elsewhere too: their second factor guards what isn't ours, and the system administrator decides.
    """
    seats = Membership.objects.filter(person=person, is_active=True)
    contacts = Contact.objects.filter(person=person, is_active=True)
    ours = {"organisation": by.organisation_id}
    if not by.is_agent or not (seats.filter(**ours).exists() or contacts.filter(**ours).exists()):
        raise NotFound
    if not by.has(Permission.PEOPLE):
        raise NotAllowed(_("Your role does not allow this. Ask your administrator."))
    if person.pk == by.person_id:
        raise NotAllowed(_("Ask another administrator to reset yours."))
    if person.is_staff or seats.exclude(**ours).exists() or contacts.exclude(**ours).exists():
        message = _("%(person)s signs in elsewhere, too. Only the system administrator can reset this.")
        raise NotAllowed(message % {"person": person})
    remove_all(person, by=by.person, organisation=by.organisation)
