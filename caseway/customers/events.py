"""What happens to customers' people. Kept in the audit log; `words` tell it on the account's page."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from caseway.core.events import Event


@dataclass(frozen=True, kw_only=True)
class AccountEvent(Event):
    """Something about one customer account. `whom` of its words is the contact or the invited address."""

    words: ClassVar[Promise | str] = ""

    account_id: int
    contact_id: int | None = None
    invitation_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class ContactInvited(AccountEvent):
    """Somebody was sent a link that lets them in, the first time or again."""

    kind = "contact.invited"
    words = _("invited %(whom)s")


@dataclass(frozen=True, kw_only=True)
class InvitationRevoked(AccountEvent):
    """The link lets nobody in any more."""

    kind = "contact.invitation_revoked"
    words = _("took back the invitation of %(whom)s")


@dataclass(frozen=True, kw_only=True)
class ContactJoined(AccountEvent):
    """Somebody followed their link."""

    kind = "contact.joined"
    words = _("joined")


@dataclass(frozen=True, kw_only=True)
class AdministratorMade(AccountEvent):
    """A contact administers the account now."""

    kind = "contact.administrator_made"
    words = _("made %(whom)s an administrator")


@dataclass(frozen=True, kw_only=True)
class AdministratorUnmade(AccountEvent):
    """A contact administers the account no more."""

    kind = "contact.administrator_unmade"
    words = _("took administration from %(whom)s")


@dataclass(frozen=True, kw_only=True)
class ContactSwitchedOff(AccountEvent):
    """A contact comes in no more; their cases stay."""

    kind = "contact.switched_off"
    words = _("switched off %(whom)s")


@dataclass(frozen=True, kw_only=True)
class ContactSwitchedOn(AccountEvent):
    """A contact comes in again."""

    kind = "contact.switched_on"
    words = _("switched on %(whom)s")


@dataclass(frozen=True, kw_only=True)
class SignUpDomainsChanged(AccountEvent):
    """Whose mail addresses let people join by themselves is another choice now."""

    kind = "customer.sign_up_domains_changed"
    words = _("changed who may join by themselves")


@dataclass(frozen=True, kw_only=True)
class SignUpOfKnown(Event):
    """Somebody asked to join who comes in already; they are told so, by mail alone."""

    kind = "contact.sign_up_of_known"

    contact_id: int
