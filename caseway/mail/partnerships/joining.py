"""Accepting: a partner by e-mail becomes one who signs in, with all that it has been sent so far."""

from django.utils.translation import gettext as _

from caseway.accounts.audit import record
from caseway.accounts.events import OrganisationAdded, PartnerJoined
from caseway.accounts.models import Membership, Organisation, PartnerInvitation, Person
from caseway.accounts.roles import give_default_roles
from caseway.core.clock import now
from caseway.core.errors import NotAllowed, NotFound
from caseway.core.events import react
from caseway.core.transactions import action
from caseway.customers.invitations.newcomers import new_sign_in

from .inviting import digest_of

ADMINISTRATOR = "Tenant administrator"


def invitation_of(key: str) -> PartnerInvitation:
    """The invitation that this secret opens. Raises NotFound for one that is unknown, used, taken back,
    too old, or overtaken by a colleague who came first: they look the same."""
    joined = PartnerInvitation.objects.select_related("organisation", "partnership", "invited_by")
    found = joined.filter(key_digest=digest_of(key)).first()
    if found is None or not found.is_open:
        raise NotFound
    return found


@action
def join(key: str, *, person: Person) -> Membership:
    """Let a signed-in person take the desk by the link that was mailed to their own address.

    Raises NotFound for a dead link, NotAllowed for somebody else's.
    """
    invitation = _locked(key)
    if person.email != invitation.email:
        raise NotAllowed(_("This invitation was sent to another address than yours."))
    return _take(invitation, person)


@action
def join_with_password(
    key: str, *, name: str, password: str, language: str = "", time_zone: str = ""
) -> Person:
    """Make a sign-in for the address of the link, and let it take the desk.

    Raises NotFound for a dead link, Invalid at `name` or `password1`, Conflict where somebody signs in
    with the address already: they join signed in.
    """
    invitation = _locked(key)
    person = new_sign_in(
        invitation.email, name=name, password=password, language=language, time_zone=time_zone
    )
    _take(invitation, person)
    return person


def _locked(key: str) -> PartnerInvitation:
    """The open invitation, with its organisation held: of two who come at once, one takes the desk."""
    found = invitation_of(key)
    Organisation.objects.select_for_update(no_key=True).get(pk=found.organisation_id)
    return invitation_of(key)


def _take(invitation: PartnerInvitation, person: Person) -> Membership:
    """The organisation signs in from now on, with this person as its administrator.

    Its sides of all shared cases have been there all along, with their words and numbers; whoever
    takes part by mail goes on doing so. Other links to the same desk die: it decides itself who else
    comes in.
    """
    organisation = invitation.organisation
    organisation.signs_in = True
    organisation.save(update_fields=["signs_in"])
    role = give_default_roles(organisation)[ADMINISTRATOR]
    seat = Membership.objects.create(person=person, organisation=organisation, role=role)
    PartnerInvitation.objects.filter(organisation=organisation, ended_at=None).update(ended_at=now())
    react(OrganisationAdded(organisation_id=organisation.pk), organisation)
    event = PartnerJoined(topic="partnership", key=invitation.partnership_id)
    for house in (organisation, invitation.partnership.partner_of(organisation.pk)):
        record(
            event, by=person if house == organisation else None, organisation=house, thing=organisation.name
        )
    return seat
