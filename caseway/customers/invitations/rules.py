"""Who may let people into an account, and how a person may be named."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from caseway.accounts.permissions import Permission
from caseway.accounts.viewer import Viewer
from caseway.core.errors import Invalid, NotAllowed, NotFound
from caseway.core.text import clean_line, normal_address
from caseway.customers.models import CustomerAccount

# A name stands in a mail of ours, sent to whatever address was typed: it carries no link of a stranger's.
_NO_NAME = re.compile(r"[/@:<>\\]|\bwww\b", re.IGNORECASE)


def may_manage(account: CustomerAccount, viewer: Viewer) -> bool:
    """Agents with the permission in their organisation, administrators in their own account."""
    if viewer.organisation_id != account.organisation_id:
        return False
    if viewer.is_agent:
        return viewer.has(Permission.CUSTOMERS)
    return viewer.is_contact and viewer.administers_account and viewer.account_id == account.pk


def ask_to_manage(account: CustomerAccount, viewer: Viewer) -> None:
    """Raise NotFound for somebody who may not know the account, NotAllowed where they may not act."""
    if not CustomerAccount.objects.visible_to(viewer).filter(pk=account.pk).exists():
        raise NotFound
    if not may_manage(account, viewer):
        raise NotAllowed(_("Only an administrator of the account may do this."))


def good_name(name: str) -> str:
    """The name on one line. Raises Invalid at `name` for none, and for one that is more than a name."""
    line = clean_line(name, 120)
    if not line:
        raise Invalid({"name": _("Write the name.")})
    if _NO_NAME.search(line):
        raise Invalid({"name": _("Write the name alone, without an address or a link.")})
    return line


def good_address(address: str) -> str:
    """The address as it is stored. Raises Invalid at `email` for what is none."""
    normal = normal_address(address)
    try:
        validate_email(normal)
    except ValidationError:
        raise Invalid({"email": _("Write an e-mail address, such as kim@example.com.")}) from None
    return normal
