"""What the pages about an account's people show."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from caseway.accounts.models import AuditEntry
from caseway.accounts.viewer import Viewer
from caseway.core.errors import NotFound
from caseway.core.events import KINDS
from caseway.customers.events import AccountEvent
from caseway.customers.models import Contact, CustomerAccount, Invitation

MOST_SHOWN = 500
TOLD = 30


@dataclass(frozen=True)
class Told:
    """One line of the account's history."""

    entry: AuditEntry
    who: str
    words: str


def account_visible_to(viewer: Viewer, key: int | None) -> CustomerAccount:
    """The account. Raises NotFound for one that isn't the viewer's to see."""
    seen = CustomerAccount.objects.visible_to(viewer).select_related("organisation", "brand")
    found = seen.filter(pk=key).first() if key else None
    if found is None:
        raise NotFound
    return found


def administered_by(viewer: Viewer) -> CustomerAccount:
    """The account that a contact administers. Raises NotFound for everybody else."""
    if not viewer.administers_account:
        raise NotFound
    return account_visible_to(viewer, viewer.account_id)


def people_of(account: CustomerAccount, viewer: Viewer) -> QuerySet[Contact]:
    """The account's contacts: those who come in first, the switched-off last."""
    seen = Contact.objects.visible_to(viewer).filter(account=account).select_related("person")
    return seen.order_by("-is_active", "-administers_account", "name", "email", "pk")[:MOST_SHOWN]


def administrators_of(account: CustomerAccount) -> QuerySet[Contact]:
    """Contacts who come in and administer the account."""
    return account.contacts.filter(administers_account=True, is_active=True, person__isnull=False)


def last_administrator_of(account: CustomerAccount) -> Contact | None:
    """The one who must stay an administrator; None where there are others, or nobody."""
    found = list(administrators_of(account)[:2])
    return found[0] if len(found) == 1 else None


def contact_of(account: CustomerAccount, viewer: Viewer, key: int) -> Contact:
    """One of the account's contacts. Raises NotFound for anybody else's."""
    seen = Contact.objects.visible_to(viewer).select_related("account", "organisation", "person")
    found = seen.filter(account=account, pk=key).first()
    if found is None:
        raise NotFound
    return found


def invitations_of(account: CustomerAccount, viewer: Viewer) -> QuerySet[Invitation]:
    """The account's invitations that nobody has answered yet, latest first."""
    seen = Invitation.objects.visible_to(viewer).waiting().filter(account=account)
    return seen.select_related("invited_by").order_by("-sent_at", "-pk")[:MOST_SHOWN]


def invitation_to(account: CustomerAccount, viewer: Viewer, key: int) -> Invitation:
    """One of the account's invitations. Raises NotFound for anybody else's."""
    seen = Invitation.objects.visible_to(viewer).filter(account=account, pk=key)
    found = seen.select_related("organisation", "account", "brand").first()
    if found is None:
        raise NotFound
    return found


def history_of(account: CustomerAccount) -> list[Told]:
    """What was done to the account's people lately, latest first; three queries."""
    entries = list(
        AuditEntry.objects.filter(organisation=account.organisation_id, payload__account_id=account.pk)
        .select_related("actor")
        .order_by("-pk")[:TOLD]
    )
    names = _names_in(entries)
    return [Told(entry, str(entry.actor or _("Somebody new")), _words(entry, names)) for entry in entries]


def told_of(entries: Sequence[AuditEntry]) -> dict[int, str]:
    """What entries about accounts' people tell, in words, by the entry's id; two queries."""
    of_accounts = [entry for entry in entries if _is_of_an_account(entry)]
    names = _names_in(of_accounts)
    return {entry.pk: _words(entry, names) for entry in of_accounts}


def _is_of_an_account(entry: AuditEntry) -> bool:
    kind = KINDS.get(entry.kind)
    return kind is not None and issubclass(kind, AccountEvent)


def _names_in(entries: Sequence[AuditEntry]) -> dict[tuple[str, int], str]:
    """Names of the contacts and invited people that the entries speak of, by the payload's name and id."""
    contacts = Contact.objects.filter(pk__in=_ids(entries, "contact_id"))
    invited = Invitation.objects.filter(pk__in=_ids(entries, "invitation_id"))
    found = {("contact_id", one.pk): str(one) for one in contacts}
    return found | {("invitation_id", one.pk): one.email for one in invited}


def _ids(entries: Sequence[AuditEntry], name: str) -> set[int]:
    return {entry.payload[name] for entry in entries if name in entry.payload}


def _words(entry: AuditEntry, names: dict[tuple[str, int], str]) -> str:
    kind = KINDS.get(entry.kind)
    words = str(kind.words) if kind and issubclass(kind, AccountEvent) else entry.kind
    keys = [(name, entry.payload[name]) for name in ("contact_id", "invitation_id") if name in entry.payload]
    whom = next((names[key] for key in keys if key in names), _("somebody"))
    return words % {"whom": whom} if "%(whom)s" in words else words
