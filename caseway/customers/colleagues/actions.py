"""What administrators of an account, and agents, do to its contacts."""

from django.utils.translation import gettext as _

from caseway.accounts.audit import record
from caseway.accounts.viewer import Viewer
from caseway.core.errors import Conflict, NotFound
from caseway.core.transactions import action
from caseway.customers.events import (
    AccountEvent,
    AdministratorMade,
    AdministratorUnmade,
    ContactSwitchedOff,
    ContactSwitchedOn,
)
from caseway.customers.invitations.rules import ask_to_manage
from caseway.customers.models import Contact, CustomerAccount

from .queries import administrators_of


@action
def make_administrator(contact: Contact, *, by: Viewer) -> Contact:
    """Let a contact see all cases of the account and invite colleagues; twice is the same.

    Raises Conflict for one who doesn't come in.
    """
    stored = _locked(contact, by)
    if stored.person_id is None or not stored.is_active:
        raise Conflict(_("%(name)s has no sign-in. Send an invitation first.") % {"name": stored})
    return _set(stored, by, AdministratorMade, administers_account=True)


@action
def unmake_administrator(contact: Contact, *, by: Viewer) -> Contact:
    """Let a contact see their own cases only; twice is the same.

    Raises Conflict for the last administrator, unless customer service does it.
    """
    stored = _locked(contact, by)
    _keep_one_administrator(stored, by)
    return _set(stored, by, AdministratorUnmade, administers_account=False)


@action
def switch_off(contact: Contact, *, by: Viewer) -> Contact:
    """Let a contact come in no more, at once; their cases and their name on them stay. Twice is the same.

    Raises Conflict for oneself, and for the last administrator unless customer service does it.
    """
    stored = _locked(contact, by)
    if stored.pk == by.contact_id:
        raise Conflict(_("Ask another administrator to switch you off."))
    _keep_one_administrator(stored, by)
    return _set(stored, by, ContactSwitchedOff, is_active=False, administers_account=False)


@action
def switch_on(contact: Contact, *, by: Viewer) -> Contact:
    """Let a contact come in again, as a plain one; twice is the same."""
    return _set(_locked(contact, by), by, ContactSwitchedOn, is_active=True)


def _locked(contact: Contact, by: Viewer) -> Contact:
    """The contact as stored, its account held: of two administrators who unmake each other, one does."""
    if contact.account is None:
        raise NotFound
    ask_to_manage(contact.account, by)
    CustomerAccount.objects.select_for_update(no_key=True).get(pk=contact.account.pk)
    return Contact.objects.select_related("account", "organisation", "person").get(pk=contact.pk)


def _set(stored: Contact, by: Viewer, happened: type[AccountEvent], **fields: bool) -> Contact:
    """Write the fields and keep what happened; nothing where they are so already."""
    if all(getattr(stored, name) is value for name, value in fields.items()):
        return stored
    for name, value in fields.items():
        setattr(stored, name, value)
    stored.save(update_fields=list(fields))
    event = happened(account_id=stored.account_id or 0, contact_id=stored.pk)
    record(event, by=by.person, organisation=stored.organisation, about=stored.person)
    return stored


def _keep_one_administrator(stored: Contact, by: Viewer) -> None:
    if by.is_agent or not (stored.administers_account and stored.is_active):
        return
    account = stored.account
    if account and not administrators_of(account).exclude(pk=stored.pk).exists():
        raise Conflict(_("Make somebody else an administrator first: the account would have none left."))
