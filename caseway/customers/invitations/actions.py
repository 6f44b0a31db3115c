"""Inviting, inviting again, and taking an invitation back."""

from datetime import timedelta

from django.utils.translation import gettext as _

from caseway.accounts.audit import record
from caseway.accounts.models import Brand, Person
from caseway.accounts.sign_in.lockout import locked_out
from caseway.accounts.viewer import Viewer
from caseway.core import limits
from caseway.core.clock import now
from caseway.core.errors import Conflict, Invalid
from caseway.core.events import react
from caseway.core.transactions import action
from caseway.customers.events import ContactInvited, InvitationRevoked
from caseway.customers.models import Contact, CustomerAccount, Invitation

from .keys import Invited, digest_of, new_key
from .rules import ask_to_manage, good_address, good_name

LASTS = timedelta(days=7)
MAILS_BY_ACCOUNT = 50
MAILS_BY_ADDRESS = 3
HOUR = 3600


def invite(
    account: CustomerAccount,
    *,
    by: Viewer,
    name: str,
    email: str,
    administers: bool = False,
    brand: Brand | None = None,
) -> Invitation:
    """Mail somebody a link that lets them in as a contact of the account.

    Nobody learns whether the address has a sign-in already. Raises Invalid at `name` or `email`,
    also for a colleague who comes in already or is invited; TooMany after fifty mails of one
    account within an hour.
    """
    ask_to_manage(account, by)
    name, email = good_name(name), good_address(email)
    _count(account, email)
    return _invite(account, by, name, email, administers=administers, brand=brand)


def invite_again(invitation: Invitation, *, by: Viewer) -> Invitation:
    """Send a new link, good for another week; the one before opens nothing any more.

    Raises Conflict where it was accepted or taken back, TooMany after three mails within an hour.
    """
    ask_to_manage(invitation.account, by)
    _count(invitation.account, invitation.email)
    return _invite_again(invitation, by)


@action
def revoke(invitation: Invitation, *, by: Viewer) -> Invitation:
    """Let the link open nothing any more; twice is the same. Raises Conflict where it was accepted."""
    ask_to_manage(invitation.account, by)
    stored = Invitation.objects.select_for_update(no_key=True).get(pk=invitation.pk)
    if stored.accepted_at is not None:
        raise Conflict(_("%(name)s has joined already.") % {"name": stored.name})
    if stored.revoked_at is None:
        stored.revoked_at = now()
        stored.save(update_fields=["revoked_at"])
        event = InvitationRevoked(account_id=stored.account_id, invitation_id=stored.pk)
        record(event, by=by.person, organisation=by.organisation)
    return stored


def send(invitation: Invitation, *, by: Person | None) -> Invitation:
    """Give the invitation a new secret and time, store it, and have it mailed; within a transaction."""
    key = new_key()
    invitation.key_digest = digest_of(key)
    invitation.sent_at = now()
    invitation.expires_at = now() + LASTS
    invitation.save()
    event = ContactInvited(account_id=invitation.account_id, invitation_id=invitation.pk)
    record(event, by=by, organisation=invitation.organisation)
    react(event, Invited(invitation, key))
    return invitation


@action
def _invite(
    account: CustomerAccount, by: Viewer, name: str, email: str, *, administers: bool, brand: Brand | None
) -> Invitation:
    # One at a time for an account: two administrators who invite the same colleague send one mail.
    CustomerAccount.objects.select_for_update(no_key=True).get(pk=account.pk)
    if Contact.objects.filter(account=account, email=email, person__isnull=False, is_active=True).exists():
        raise Invalid({"email": _("This colleague comes in already.")})
    if Invitation.objects.waiting().filter(account=account, email=email, invited_by__isnull=False).exists():
        raise Invalid({"email": _("This colleague is invited already. Send the link again from the list.")})
    # What the person asked for themselves gives way to the colleague's invitation.
    Invitation.objects.waiting().filter(account=account, email=email).update(revoked_at=now())
    invitation = Invitation(
        organisation=account.organisation,
        account=account,
        brand=account.brand or brand,
        email=email,
        name=name,
        administers_account=administers,
        invited_by=by.person,
    )
    return send(invitation, by=by.person)


@action
def _invite_again(invitation: Invitation, by: Viewer) -> Invitation:
    stored = (
        Invitation.objects.select_for_update(no_key=True, of=("self",))
        .select_related("organisation", "account", "brand")
        .get(pk=invitation.pk)
    )
    if stored.accepted_at is not None or stored.revoked_at is not None:
        raise Conflict(_("This invitation was accepted or taken back."))
    return send(stored, by=by.person)


def _count(account: CustomerAccount, email: str) -> None:
    """Raise TooMany where a form of ours would become somebody's spam."""
    by_address = f"invitation to {email} of {account.organisation_id}"
    for key, most in ((f"invitations of {account.pk}", MAILS_BY_ACCOUNT), (by_address, MAILS_BY_ADDRESS)):
        if limits.count(key, HOUR) > most:
            raise locked_out(limits.seconds_left(key))
