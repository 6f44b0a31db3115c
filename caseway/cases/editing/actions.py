"""Changing the fields of an active case, with a guard against lost updates."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from caseway.accounts.viewer import Viewer
from caseway.cases import copies
from caseway.cases.access.locking import Locked, lock_for
from caseway.cases.access.rules import Operation
from caseway.cases.creation.fields import LONGEST_SUBJECT, Checked, checked_tags, checked_type, shipment_named
from caseway.cases.history.actions import SeenBy, record
from caseway.cases.history.events import CaseEdited, CaseTypeChanged
from caseway.cases.models import Case, Category, ContactMethod, Priority, Side
from caseway.cases.search.actions import index_parties, index_side
from caseway.cases.types import CaseType
from caseway.core.errors import Conflict, Invalid, NotAllowed, Stale
from caseway.core.text import clean, clean_line
from caseway.core.transactions import action
from caseway.customers.models import Contact

from .values import text_of

EDITABLE = (
    "subject", "description", "type", "category", "priority", "deadline", "crm_number", "tags",
    "contact_method", "shipment", "contact",
)  # fmt: skip
HOSTS_ONLY = frozenset({"shipment", "contact"})


class Overlap(Conflict):
    """Somebody else changed the same fields meanwhile; `stored` is what they hold now, as text."""

    def __init__(self, stored: Mapping[str, str]) -> None:
        super().__init__(_("Somebody changed this meanwhile."))
        self.stored = dict(stored)


@dataclass(frozen=True)
class Edit:
    """What an edit comes to: columns of our side and of the case, and the names that changed."""

    side: Mapping[str, Any]
    case: Mapping[str, Any]
    changed: tuple[str, ...]


@action
def edit(
    case: Case,
    *,
    by: Viewer,
    changes: Mapping[str, Any],
    version: int | None = None,
    before: Mapping[str, str] | None = None,
) -> Case:
    """Change fields (`EDITABLE`) of our side, and type, shipment and contact of the case.

    Two guards against lost updates: `version` is the side's version that the changes were made on,
    and any later one refuses them; `before` is what each field was then (as `text_of` gives it),
    and only a change of the same field refuses, so that edits of different fields both hold.
    Raises Stale with what is stored now, Overlap with the fields that others changed, Invalid with
    an error at each wrong field, NotAllowed
    for what only the host may change, NotFound, Conflict.
    """
    locked = lock_for(by, Operation.EDIT, case)
    side = locked.own_side(by)
    if version is not None and version != side.version:
        raise Stale(
            _("Somebody changed this case meanwhile. Here is what is stored now."), current=stored(side)
        )
    unknown = set(changes) - set(EDITABLE)
    if unknown:
        raise Invalid({name: _("This field can't be changed.") for name in sorted(unknown)})
    if HOSTS_ONLY & set(changes) and side != locked.host_side:
        raise NotAllowed(_("Only %(host)s can change that.") % {"host": locked.case.host})
    result = _work_out(changes, by, side, locked.case)
    _refuse_overlap(side, result.changed, before or {})
    if result.changed:
        _keep(locked, side, result, by)
    return locked.case


def _refuse_overlap(side: Side, changed: Iterable[str], before: Mapping[str, str]) -> None:
    """Raise Overlap for fields that are no longer what they were; who wants the same has no quarrel."""
    present = {name: text_of(side, name) for name in changed if name in before}
    moved = {name: text for name, text in present.items() if text.strip() != clean(before[name]).strip()}
    if moved:
        raise Overlap(moved)


def stored(side: Side) -> dict[str, object]:
    """The editable fields as they are stored, as values of the API."""
    return {
        "subject": side.subject,
        "description": side.description,
        "type": side.type,
        "category": side.category_id and str(side.category_id),
        "priority": side.priority_id and str(side.priority_id),
        "deadline": side.deadline.isoformat() if side.deadline else None,
        "crm_number": side.crm_number,
        "tags": side.tags,
        "version": side.version,
    }


def _work_out(changes: Mapping[str, Any], by: Viewer, side: Side, case: Case) -> Edit:
    out = Checked()
    new_side: dict[str, Any] = {}
    new_case: dict[str, Any] = {}
    own = {"organisation": by.organisation_id, "is_active": True}
    lists: dict[str, Any] = {
        "category": Category.objects.filter(parent__isnull=False, **own),
        "priority": Priority.objects.filter(**own),
        "contact_method": ContactMethod.objects.filter(**own),
    }
    for name, value in changes.items():
        if name in ("type", "shipment", "contact"):
            new_case[name] = _shared_value(name, value, by, case, out)
        elif name in lists:
            new_side[name] = out.look_up(name, lists[name], value)
        else:
            new_side[name] = _own_value(name, value, out.errors)
    if out.errors:
        raise Invalid(out.errors)
    side_changes = {k: v for k, v in new_side.items() if getattr(side, k) != v}
    case_changes = {k: v for k, v in new_case.items() if getattr(case, k) != v}
    return Edit(side_changes, case_changes, tuple(sorted({*side_changes, *case_changes})))


def _own_value(name: str, value: Any, errors: dict[str, str]) -> Any:
    """A value of our side, cleaned and checked."""
    match name:
        case "subject":
            return _subject(value, errors)
        case "description":
            return clean(value or "").strip()
        case "crm_number":
            return clean_line(value or "", 60)
        case "tags":
            return checked_tags(value or [], errors)
        case _:
            return value


def _shared_value(name: str, value: Any, by: Viewer, case: Case, out: Checked) -> Any:
    """A value of the case itself, looked up among what the viewer may name."""
    match name:
        case "type":
            return checked_type(value, out.errors) or CaseType(case.type)
        case "shipment":
            return shipment_named(value, by, out.errors)
        case _:
            return _contact(value, by, case, out)


def _subject(typed: Any, errors: dict[str, str]) -> str:
    subject = clean_line(typed or "", 2000)
    if not subject:
        errors["subject"] = _("Give the case a subject.")
    elif len(subject) > LONGEST_SUBJECT:
        errors["subject"] = _("Keep the subject under %(limit)s characters.") % {"limit": LONGEST_SUBJECT}
    return subject


def _contact(key: Any, by: Viewer, case: Case, out: Checked) -> Contact | None:
    """Another contact of the same account only: a conversation is never handed to another customer."""
    contact: Contact | None = out.look_up("contact", Contact.objects.visible_to(by), key)
    if contact and case.account_id and contact.account_id != case.account_id:
        out.errors["contact"] = _("This contact belongs to another customer account.")
    return contact


def _keep(locked: Locked, side: Side, result: Edit, by: Viewer) -> None:
    if result.case:
        type_before = CaseType(locked.case.type)
        for name, value in result.case.items():
            setattr(locked.case, name, value)
        if "contact" in result.case and locked.case.account_id is None:
            locked.case.account = locked.case.contact.account if locked.case.contact else None
            copies.share_account(locked.case)
        copies.share(locked)
        if "shipment" in result.case:
            index_parties([locked.case.pk])
        if "type" in result.case:
            event = CaseTypeChanged(type=CaseType(locked.case.type), before=type_before)
            record(locked.case, event, by, SeenBy.SIDES)
    if result.side:
        Side.objects.filter(pk=side.pk).update(**result.side, version=F("version") + 1)
        if {"subject", "description"} & set(result.side):
            index_side(Side.objects.get(pk=side.pk))
        if side == locked.host_side and {"subject", "description"} & set(result.side):
            Case.objects.filter(pk=locked.case.pk).update(customer_version=F("customer_version") + 1)
    private = tuple(name for name in result.changed if name != "type")
    if private:
        record(locked.case, CaseEdited(changed=private), by, SeenBy.ORGANISATION)
