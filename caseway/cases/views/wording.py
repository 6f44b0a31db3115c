"""A filter in words: what each field that is in force says."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from caseway.accounts.models import Person
from caseway.accounts.viewer import Viewer
from caseway.cases.models import Priority
from caseway.cases.status import Status
from caseway.cases.types import CaseType
from caseway.customers.models import CustomerAccount

from .narrowing import ME, NOBODY

if TYPE_CHECKING:
    from .filters import CaseFilter


@dataclass(frozen=True)
class Worded:
    """One field in force: its parameter, its name and its values as a reader knows them."""

    name: str
    label: str
    values: list[str]


def worded(wanted: "CaseFilter", viewer: Viewer) -> list[Worded]:
    """The fields in force; a query each for owners, priorities and customers that are wanted."""
    said = [
        Worded("keyword", _("Keyword"), [wanted.keyword] if wanted.keyword else []),
        Worded("status", _("Status"), [status_label(name) for name in wanted.status]),
        Worded("owner", _("Owner"), _named(wanted.owner, viewer, _owners)),
        Worded("type", _("Type"), [str(CaseType(name).label) for name in wanted.type]),
        Worded("priority", _("Priority"), _named(wanted.priority, viewer, _priorities)),
        Worded("tag", _("Tag"), list(wanted.tag)),
        Worded("customer", _("Customer"), _named(wanted.customer, viewer, _customers)),
        Worded("tasks", _("Tasks"), [_("open")] if wanted.tasks else []),
        Worded("created.after", _("Created from"), _days(wanted.created_after)),
        Worded("created.before", _("Created until"), _days(wanted.created_before)),
        Worded("updated.after", _("Updated from"), _days(wanted.updated_after)),
        Worded("updated.before", _("Updated until"), _days(wanted.updated_before)),
        Worded("deadline.after", _("Due from"), _days(wanted.deadline_after)),
        Worded("deadline.before", _("Due until"), _days(wanted.deadline_before)),
    ]
    return [one for one in said if one.values]


def status_label(name: str) -> str:
    """A status, or a group of them, as its reader knows it."""
    groups = {"active": _("Active"), "solved": _("Solved")}
    return groups.get(name) or str(Status(name).label)


def _named(
    keys: tuple[str, ...], viewer: Viewer, names: Callable[[tuple[str, ...], Viewer], dict[str, str]]
) -> list[str]:
    known = names(keys, viewer) if keys else {}
    return [known.get(key.lower(), key) for key in keys]


def _owners(keys: tuple[str, ...], viewer: Viewer) -> dict[str, str]:
    seats = Person.objects.filter(memberships__organisation=viewer.organisation_id)
    people = seats.filter(email__in=[key.lower() for key in keys]).values_list("email", "name")
    return {address: name or address for address, name in people} | {NOBODY: _("nobody"), ME: _("me")}


def _priorities(keys: tuple[str, ...], viewer: Viewer) -> dict[str, str]:
    rows = Priority.objects.filter(organisation=viewer.organisation_id, pk__in=keys)
    return {str(row.pk): row.label for row in rows}


def _customers(keys: tuple[str, ...], viewer: Viewer) -> dict[str, str]:
    rows = CustomerAccount.objects.visible_to(viewer).filter(pk__in=keys)
    return {str(row.pk): row.name for row in rows}


def _days(day: date | None) -> list[str]:
    return [day.isoformat()] if day else []
