"""What both shells do with a form about an account's people: the verbs by name, and their answers."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from caseway.accounts.requests import ViewerRequest
from caseway.accounts.viewer import Viewer
from caseway.core.errors import Invalid, NotFound
from caseway.customers.invitations.actions import invite, invite_again, revoke
from caseway.customers.invitations.forms import InvitationForm
from caseway.customers.models import Contact, CustomerAccount, Invitation

from . import actions

Verb = Callable[..., Contact]
VERBS: dict[str, tuple[Verb, object]] = {
    "make-administrator": (
        actions.make_administrator,
        gettext_lazy("%(name)s administers the account now."),
    ),
    "unmake-administrator": (
        actions.unmake_administrator,
        gettext_lazy("%(name)s sees their own cases only."),
    ),
    "switch-off": (actions.switch_off, gettext_lazy("%(name)s comes in no more. Their cases stay.")),
    "switch-on": (actions.switch_on, gettext_lazy("%(name)s comes in again.")),
}


def invite_from(request: ViewerRequest, account: CustomerAccount, form: InvitationForm) -> str:
    """Invite whom the form names; gives the words to say, "" where the form holds what is wrong."""
    if not form.is_valid():
        return ""
    typed = form.cleaned_data
    brand = request.brand if request.brand and request.brand.organisation_id == request.viewer.us else None
    try:
        invited = invite(
            account,
            by=request.viewer,
            name=typed["name"],
            email=typed["email"],
            administers=typed["administers"],
            brand=brand,
        )
    except Invalid as invalid:
        for field, message in invalid.errors.items():
            form.add_error(field, message)
        return ""
    return _("An invitation is on its way to %(address)s.") % {"address": invited.email}


def do_to_contact(contact: Contact, verb: str, viewer: Viewer) -> str:
    """Do what the button says; gives the words to say. Raises NotFound for a verb that there isn't."""
    if verb not in VERBS:
        raise NotFound
    act, words = VERBS[verb]
    act(contact, by=viewer)
    return str(words) % {"name": contact}


def do_to_invitation(invitation: Invitation, verb: str, viewer: Viewer) -> str:
    """Send the link again or take it back; gives the words to say. Raises NotFound for another verb."""
    if verb == "again":
        invite_again(invitation, by=viewer)
        return _("A new link is on its way to %(address)s.") % {"address": invitation.email}
    if verb == "revoke":
        revoke(invitation, by=viewer)
        return _("The invitation of %(address)s is taken back.") % {"address": invitation.email}
    raise NotFound
