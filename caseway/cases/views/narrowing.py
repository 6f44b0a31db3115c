"""What the fields of a filter ask of the sides: one condition each."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.timezone import get_current_timezone

from caseway.accounts.viewer import Viewer
from caseway.cases.models import Task
from caseway.cases.models.task import STILL_WAITING
from caseway.cases.status import ACTIVE, SOLVED

if TYPE_CHECKING:
    from .filters import CaseFilter

GROUPS = {"active": ACTIVE, "solved": SOLVED}
TASKS = ("open",)
"""Cases by what is still to be done on them."""
NOBODY, ME = "nobody", "me"
MOMENTS = {"created": "created_at", "updated": "updated_at", "deadline": "deadline"}


def conditions_of(wanted: "CaseFilter", viewer: Viewer) -> list[Q]:
    """The conditions of the fields that are in force, all of which a side has to meet."""
    found = [ask(wanted, viewer) for name, ask in OF_FIELDS.items() if getattr(wanted, name)]
    return found + [_span(wanted, name) for name in MOMENTS]


def _status(wanted: "CaseFilter", _viewer: Viewer) -> Q:
    statuses = {status for name in wanted.status for status in GROUPS.get(name, {name})}
    return Q(status__in=sorted(statuses))


def _owner(wanted: "CaseFilter", viewer: Viewer) -> Q:
    addresses = [owner.lower() for owner in wanted.owner if owner not in (NOBODY, ME)]
    condition = Q(owner__email__in=addresses) if addresses else Q(pk__in=[])
    if NOBODY in wanted.owner:
        condition |= Q(owner=None)
    if ME in wanted.owner:
        condition |= Q(owner=viewer.person_id)
    return condition


def _customer(wanted: "CaseFilter", _viewer: Viewer) -> Q:
    """A customer is the host's to know: to a partner none of the cases is anybody's, since only the
    host's side has the account.
    """
    return Q(account__in=wanted.customer)


def _tasks(_wanted: "CaseFilter", viewer: Viewer) -> Q:
    """Only our own side's tasks count: no other knows of them."""
    waiting = Task.objects.filter(STILL_WAITING, organisation=viewer.organisation_id)
    return Q(case__in=waiting.values("case"))


OF_FIELDS: dict[str, Callable[["CaseFilter", Viewer], Q]] = {
    "status": _status,
    "type": lambda wanted, _viewer: Q(type__in=wanted.type),
    "owner": _owner,
    "priority": lambda wanted, _viewer: Q(priority__in=wanted.priority),
    "tag": lambda wanted, _viewer: Q(tags__overlap=list(wanted.tag)),
    "customer": _customer,
    "tasks": _tasks,
}


def _span(wanted: "CaseFilter", name: str) -> Q:
    """Whole days in the reader's zone, both ends included; nothing where neither end is given."""
    condition, column = Q(), MOMENTS[name]
    after, before = getattr(wanted, f"{name}_after"), getattr(wanted, f"{name}_before")
    if after:
        condition &= Q(**{f"{column}__gte": _midnight(after)})
    if before:
        condition &= Q(**{f"{column}__lt": _midnight(before + timedelta(days=1))})
    return condition


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=get_current_timezone())
