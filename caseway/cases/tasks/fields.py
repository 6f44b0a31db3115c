"""What a task is made of, checked against what its maker may name."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from caseway.accounts.models import Membership, Person, Team
from caseway.accounts.viewer import Viewer
from caseway.cases.models import Priority, TaskType
from caseway.core.errors import Invalid
from caseway.core.text import clean, clean_line, normal_address

FIELDS = ("title", "description", "type", "assignee", "team", "priority", "due_at")
LONGEST_TITLE = 200
LONGEST_DESCRIPTION = 20_000
LONGEST_COMMENT = 10_000


@dataclass(frozen=True, kw_only=True)
class NewTask:
    """What was entered for a new task. Ids are of the maker's own organisation.

    `assignee` is a colleague's address, `due_at` aware.
    """

    title: str
    description: str = ""
    type: int | str | None = None
    assignee: str | None = None
    team: int | str | None = None
    priority: int | str | None = None
    due_at: datetime | None = None


def checked_new(new: NewTask, by: Viewer) -> dict[str, Any]:
    """The columns of the new task. Raises Invalid with an error at each wrong field."""
    return checked(asdict(new), by)


def checked(given: Mapping[str, Any], by: Viewer) -> dict[str, Any]:
    """Columns and their values for the fields that are given (`FIELDS`).

    Raises Invalid with an error at each wrong field; what is foreign is refused like what isn't there.
    """
    values: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for name, value in given.items():
        try:
            values[name] = _value(name, value, by)
        except Invalid as invalid:
            errors |= invalid.errors
    if errors:
        raise Invalid(errors)
    return values


def checked_text(text: str) -> str:
    """What is said about a task. Raises Invalid at `text`."""
    said = clean(text).strip()
    if not said:
        raise Invalid({"text": _("Write something.")})
    return _within(said, LONGEST_COMMENT, "text")


def _value(name: str, value: Any, by: Viewer) -> Any:
    match name:
        case "title":
            return _title(value)
        case "description":
            return _within(clean(value or "").strip(), LONGEST_DESCRIPTION, name)
        case "type" | "priority" | "team":
            return _row(name, _rows(name, by), value)
        case "assignee":
            return _colleague(value, by)
        case "due_at":
            return value
    raise Invalid({name: _("This field can't be changed.")})


def _rows(name: str, by: Viewer) -> QuerySet[Any]:
    """The organisation's own list in which the field is chosen."""
    if name == "team":
        return Team.objects.filter(organisation=by.us)
    model = TaskType if name == "type" else Priority
    return model._default_manager.filter(organisation=by.us, is_active=True)


def _title(typed: Any) -> str:
    title = clean_line(typed or "", 2000)
    if not title:
        raise Invalid({"title": _("Say what is to be done.")})
    return _within(title, LONGEST_TITLE, "title")


def _within(text: str, limit: int, name: str) -> str:
    if len(text) > limit:
        raise Invalid({name: _("Keep it under %(limit)s characters.") % {"limit": limit}})
    return text


def _row(name: str, rows: QuerySet[Any], key: Any) -> Model | None:
    if key in (None, ""):
        return None
    known = str(key).isascii() and str(key).isdecimal() and len(str(key)) < 19
    row: Model | None = rows.filter(pk=int(key)).first() if known else None
    if row is None:
        raise Invalid({name: _("Choose one of your organisation's.")})
    return row


def _colleague(address: str | None, by: Viewer) -> Person | None:
    if not address:
        return None
    seats = Membership.objects.filter(organisation=by.us, is_active=True, person__is_active=True)
    seat = seats.filter(person__email=normal_address(address)).select_related("person").first()
    if seat is None:
        raise Invalid({"assignee": _("Nobody in your organisation has this address.")})
    return seat.person
