"""What a case is made of, checked against what its maker may name."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from caseway.accounts.models import Organisation, Partnership
from caseway.accounts.viewer import Viewer
from caseway.cases.models import Category, ContactMethod, Priority
from caseway.cases.types import CaseType, Source
from caseway.core.clock import now
from caseway.core.errors import Invalid
from caseway.core.text import clean, clean_line
from caseway.customers.models import Contact, CustomerAccount
from caseway.shipments.models import Shipment

LONGEST_SUBJECT = 250
MOST_TAGS = 20


@dataclass(frozen=True, kw_only=True)
class NewCase:
    """What was entered for a new case. A customer gives the first six; the rest is for agents.

    Ids are of the maker's own organisation; anything foreign is refused whole.
    """

    subject: str = ""
    description: str = ""
    type: str = ""
    category: int | str | None = None
    shipment: str | None = None
    attachments: tuple[str | UUID, ...] = ()
    account: int | str | None = None
    contact: int | str | None = None
    contact_method: int | str | None = None
    priority: int | str | None = None
    deadline: datetime | None = None
    crm_number: str = ""
    tags: tuple[str, ...] = ()
    owned: bool = True
    """Whether the agent who makes it owns it; else it is New."""
    partner: str | None = None
    """Slug of the partner organisation that takes part from the start."""
    partner_subject: str = ""
    partner_text: str = ""
    partner_listed: bool = False
    """The partner only sees that the case exists, and isn't notified."""
    source: Source = Source.USER


@dataclass
class Checked:
    """The same, with the rows that were meant."""

    subject: str = ""
    description: str = ""
    type: CaseType = CaseType.GENERAL_STATUS
    category: Category | None = None
    shipment: Shipment | None = None
    contact: Contact | None = None
    account: CustomerAccount | None = None
    contact_method: ContactMethod | None = None
    priority: Priority | None = None
    deadline: datetime | None = None
    crm_number: str = ""
    tags: list[str] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)

    def look_up(self, name: str, rows: Any, key: int | str | None) -> Any:
        """The row of `rows` with this id, noting an error at `name` where there is none."""
        if key in (None, ""):
            return None
        row = rows.filter(pk=key).first() if str(key).isdecimal() else None
        if row is None:
            self.errors[name] = _("There is no such choice.")
        return row


def checked_type(typed: str, errors: dict[str, str]) -> CaseType | None:
    """The case type with this value, noting an error at `type`."""
    if not typed:
        return None
    try:
        return CaseType(typed)
    except ValueError:
        errors["type"] = _("There is no such case type.")
        return None


def checked_tags(tags: tuple[str, ...] | list[str], errors: dict[str, str]) -> list[str]:
    """Tags on one line each, lower case, once; noting an error at `tags` where there are too many."""
    kept = list(dict.fromkeys(t for t in (clean_line(tag, 40).lower() for tag in tags) if t))
    if len(kept) > MOST_TAGS:
        errors["tags"] = _("Use %(count)s tags at most.") % {"count": MOST_TAGS}
    return kept


def shipment_named(typed: str | None, by: Viewer, errors: dict[str, str]) -> Shipment | None:
    """The one shipment that the viewer sees under this id or number, noting an error at `shipment`."""
    if not typed:
        return None
    seen = Shipment.objects.visible_to(by).select_related("carrier", "shipper", "account")
    exact = seen.filter(number=typed).first()
    if exact is None and typed.isdecimal() and len(typed) < 19:
        exact = seen.filter(pk=int(typed)).first()
    found = [exact] if exact else list(seen.with_number(typed)[:2])
    if len(found) == 1:
        return found[0]
    errors["shipment"] = (
        _("Several shipments have this number. Choose one.") if found else _("No shipment has this number.")
    )
    return None


def check(new: NewCase, by: Viewer) -> Checked:
    """Look up and check everything. Raises Invalid with an error at each field that is wrong."""
    own = {"organisation": by.organisation_id, "is_active": True}
    out = Checked(description=clean(new.description).strip(), deadline=new.deadline)
    out.category = out.look_up("category", Category.objects.filter(parent__isnull=False, **own), new.category)
    out.shipment = shipment_named(new.shipment, by, out.errors)
    given = checked_type(new.type, out.errors)
    by_category = CaseType(out.category.case_type) if out.category else None
    out.type = given or by_category or CaseType.GENERAL_STATUS
    if by.is_agent:
        _check_agents_fields(new, by, out)
    else:
        out.contact = Contact.objects.visible_to(by).select_related("account").get(person=by.me)
        out.account = out.contact.account
        out.priority = _usual_priority(by, out.category)
    _check_words(new, out)
    if out.errors:
        raise Invalid(out.errors)
    return out


def _check_agents_fields(new: NewCase, by: Viewer, out: Checked) -> None:
    own = {"organisation": by.organisation_id, "is_active": True}
    out.contact = out.look_up("contact", Contact.objects.visible_to(by), new.contact)
    out.account = out.look_up("account", CustomerAccount.objects.visible_to(by), new.account)
    if out.contact is not None and out.account is None:
        out.account = out.contact.account
    if out.contact and out.account and out.contact.account_id not in (None, out.account.pk):
        out.errors["contact"] = _("This contact belongs to another customer account.")
    methods = ContactMethod.objects.filter(**own)
    out.contact_method = out.look_up("contact_method", methods, new.contact_method)
    out.priority = out.look_up("priority", Priority.objects.filter(**own), new.priority)
    if out.priority is None and "priority" not in out.errors:
        out.priority = _usual_priority(by, out.category)
    if new.deadline is not None and new.deadline <= now():
        out.errors["deadline"] = _("Choose a moment in the future.")
    out.crm_number = clean_line(new.crm_number, 60)
    out.tags = checked_tags(new.tags, out.errors)


def _usual_priority(by: Viewer, category: Category | None) -> Priority | None:
    """The category's default, else the organisation's."""
    if category and category.default_priority:
        return category.default_priority
    return Priority.objects.filter(organisation=by.organisation_id, is_default=True).first()


def _check_words(new: NewCase, out: Checked) -> None:
    default = out.category.default_subject if out.category else ""
    out.subject = clean_line(new.subject, 2000)
    if not out.subject and (default or new.type or out.category):
        out.subject = default or str(out.type.label)
    if not out.subject:
        out.errors["subject"] = _("Give the case a subject.")
    elif len(out.subject) > LONGEST_SUBJECT:
        out.errors["subject"] = _("Keep the subject under %(limit)s characters.") % {"limit": LONGEST_SUBJECT}
    if not out.description and not new.attachments:
        out.errors["description"] = _("Say what happened.")


def partner_named(slug: str | None, by: Viewer) -> Organisation | None:
    """The organisation with this slug that is in a partnership with the viewer's.

    Raises Invalid at `partner`.
    """
    if not slug:
        return None
    us = by.organisation_id or 0
    partnership = (
        Partnership.objects.filter(is_active=True)
        .filter(Q(shipper=us, carrier__slug=slug) | Q(carrier=us, shipper__slug=slug))
        .select_related("shipper", "carrier")
        .first()
    )
    if partnership is None:
        raise Invalid({"partner": _("You have no partnership with such an organisation.")})
    return partnership.partner_of(us)
