"""Accepting: from the secret of a link to a contact who comes in."""

from django.utils.translation import gettext as _

from caseway.accounts.audit import record
from caseway.accounts.models import Person
from caseway.core.clock import now
from caseway.core.errors import Conflict, NotAllowed, NotFound
from caseway.core.transactions import action
from caseway.customers.events import ContactJoined
from caseway.customers.models import Contact, Invitation, SignUpDomain

from .keys import digest_of
from .newcomers import new_sign_in


def invitation_of(key: str) -> Invitation:
    """The invitation that this secret opens. Raises NotFound for one that is unknown, used, revoked or
    too old: they look the same."""
    found = (
        Invitation.objects.select_related("organisation", "account", "brand", "invited_by")
        .filter(key_digest=digest_of(key))
        .first()
    )
    if found is None or not found.is_open or not _is_still_welcome(found):
        raise NotFound
    return found


@action
def join(key: str, *, person: Person) -> Contact:
    """Let a signed-in person join with the link that was mailed to their own address.

    Raises NotFound for a dead link, NotAllowed for somebody else's, Conflict where they belong to
    another account of the organisation or were switched off.
    """
    invitation = _locked(key)
    if person.email != invitation.email:
        raise NotAllowed(_("This invitation was sent to another address than yours."))
    return _join(invitation, person)


@action
def join_with_password(
    key: str, *, name: str, password: str, language: str = "", time_zone: str = ""
) -> Person:
    """Make a sign-in for the address of the link, and let it join.

    Raises NotFound for a dead link, Invalid at `name` or `password1`, Conflict where somebody signs
    in with the address already: they join signed in.
    """
    invitation = _locked(key)
    person = new_sign_in(
        invitation.email, name=name, password=password, language=language, time_zone=time_zone
    )
    _join(invitation, person)
    return person


def _locked(key: str) -> Invitation:
    """The open invitation, held until the transaction ends: of two who use it at once, one joins."""
    found = invitation_of(key)
    Invitation.objects.select_for_update(no_key=True).get(pk=found.pk)
    return invitation_of(key)


def _join(invitation: Invitation, person: Person) -> Contact:
    contact = _contact_for(invitation, person)
    contact.account = invitation.account
    contact.person = person
    contact.name = contact.name or person.name
    contact.is_active = True
    contact.administers_account = contact.administers_account or invitation.administers_account
    contact.save()
    Invitation.objects.filter(pk=invitation.pk).update(accepted_at=now(), contact=contact)
    event = ContactJoined(account_id=invitation.account_id, contact_id=contact.pk)
    record(event, by=person, organisation=invitation.organisation, about=person)
    return contact


def _contact_for(invitation: Invitation, person: Person) -> Contact:
    """The contact that the person is, or becomes, at the organisation."""
    own = Contact.objects.select_for_update(no_key=True).filter(organisation=invitation.organisation)
    contact = own.filter(person=person).first() or own.filter(email=person.email).first()
    if contact is None:
        return Contact(organisation=invitation.organisation, email=person.email, name=invitation.name)
    is_elsewhere = contact.account_id not in (None, invitation.account_id)
    if is_elsewhere or contact.person_id not in (None, person.pk):
        message = _("You belong to another account of %(house)s. Ask its customer service to move you.")
        raise Conflict(message % {"house": invitation.organisation.name})
    if not contact.is_active:
        # Who comes by themselves doesn't undo what an administrator did.
        if invitation.invited_by_id is None:
            raise Conflict(_("Your access was switched off. Ask an administrator of your account."))
        contact.administers_account = False
    return contact


def _is_still_welcome(invitation: Invitation) -> bool:
    """Whether the account still takes in people of the address's domain; always for those invited."""
    if invitation.invited_by_id is not None:
        return True
    domain = invitation.email.rpartition("@")[2]
    return SignUpDomain.objects.filter(account=invitation.account_id, domain=domain).exists()
