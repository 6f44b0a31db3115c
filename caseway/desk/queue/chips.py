"""The filter bar: one chip per field, in force or to be added, with what its popover offers."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from caseway.accounts.models import Membership
from caseway.accounts.viewer import Viewer
from caseway.cases.status import Status
from caseway.cases.types import CaseType
from caseway.cases.views.field import Kind
from caseway.cases.views.fields.persons import ME, NOBODY
from caseway.cases.views.filters import CaseFilter
from caseway.cases.views.operators import Operator
from caseway.cases.views.registry import BY_PARAMETER
from caseway.cases.views.wording import Worded, worded

MOST_COLLEAGUES = 40
PLAIN = (Operator.IS, Operator.AFTER, Operator.BEFORE)
"""What the chips that are offered ask with."""
SHOWN = 2


@dataclass(frozen=True)
class Choice:
    """One box of a popover."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Moments:
    """The two dates of a popover, as they are written in a form (2026-01-31)."""

    after: str
    before: str


@dataclass(frozen=True)
class FilterChip:
    """A field of the filter: what it says now ("" if not in force) and what can be chosen."""

    name: str
    label: str
    value: str = ""
    more: int = 0
    without: str = ""
    choices: Sequence[Choice] = field(default_factory=list)
    moments: Moments | None = None
    takes_address: bool = False
    takes_text: bool = False


def chips_for(wanted: CaseFilter, viewer: Viewer) -> list[FilterChip]:
    """The chips of the bar, in its order; one query, for the colleagues.

    Fields that the bar does not offer have a chip where an address puts them in force.
    """
    owners, more_colleagues = _owners(wanted, viewer)
    offered = [
        of_choices("status", _("Status"), _statuses(wanted), wanted),
        of_choices("type", _("Type"), types_of(wanted), wanted),
        of_choices("owner", _("Owner"), owners, wanted, takes_address=more_colleagues),
        of_choices(
            "tasks", _("Tasks"), [Choice("open", _("Open tasks"), bool(wanted.values("tasks")))], wanted
        ),
        of_dates("created", _("Created"), wanted),
        of_dates("updated", _("Updated"), wanted),
    ]
    return offered + further_chips(wanted, viewer, offered)


def further_chips(wanted: CaseFilter, viewer: Viewer, offered: Sequence[FilterChip]) -> list[FilterChip]:
    """Chips for what an address puts in force and a bar does not offer, so that it is seen and kept."""
    known = {chip.name for chip in offered} | wanted.fixed
    other = [term for term in wanted.terms if term.field.name not in known or term.operator not in PLAIN]
    dated = dict.fromkeys(term.field for term in other if term.field.kind is Kind.DAY)
    spans = [of_dates(field.name, field.label_for(viewer), wanted) for field in dated]
    said = replace(wanted, terms=tuple(term for term in other if term.field not in dated))
    return spans + [_as_it_is(one, wanted) for one in worded(said, viewer) if one.name not in known]


def _as_it_is(one: Worded, wanted: CaseFilter) -> FilterChip:
    field = BY_PARAMETER[one.name][0] if one.name in BY_PARAMETER else None
    if field is None or field.kind is Kind.TEXT:
        return of_text(one.name, one.label, ", ".join(one.values), wanted)
    pairs = zip(wanted.values(one.name), one.values, strict=True)
    return of_choices(one.name, one.label, [Choice(value, label, True) for value, label in pairs], wanted)


def of_text(name: str, label: str, value: str, wanted: CaseFilter) -> FilterChip:
    """A chip whose popover holds a line to write into."""
    return FilterChip(name, label, value, without=wanted.query_string(**{name: None}), takes_text=True)


def of_choices(
    name: str, label: str, choices: list[Choice], wanted: CaseFilter, *, takes_address: bool = False
) -> FilterChip:
    """A chip whose popover holds boxes to tick."""
    chosen = [choice.label for choice in choices if choice.chosen]
    return FilterChip(
        name=name,
        label=label,
        value=", ".join(chosen[:SHOWN]),
        more=max(len(chosen) - SHOWN, 0),
        without=wanted.query_string(**{name: None}),
        choices=choices,
        takes_address=takes_address,
    )


def of_dates(name: str, label: str, wanted: CaseFilter) -> FilterChip:
    """A chip whose popover holds two days."""
    after, before = wanted.day(f"{name}.after"), wanted.day(f"{name}.before")
    return FilterChip(
        name=name,
        label=label,
        value=_span(after, before),
        without=wanted.query_string(**{f"{name}.after": None, f"{name}.before": None}),
        moments=Moments(after.isoformat() if after else "", before.isoformat() if before else ""),
    )


def _span(after: date | None, before: date | None) -> str:
    first = date_format(after, "MONTH_DAY_FORMAT") if after else ""
    last = date_format(before, "MONTH_DAY_FORMAT") if before else ""
    if first and last:
        return _("%(first)s to %(last)s") % {"first": first, "last": last}
    if first:
        return _("from %(day)s") % {"day": first}
    return _("until %(day)s") % {"day": last} if last else ""


def _statuses(wanted: CaseFilter) -> list[Choice]:
    named = [("active", _("Active")), ("solved", _("Solved"))]
    named += [(status.value, str(status.label)) for status in Status]
    return [Choice(value, label, value in wanted.values("status")) for value, label in named]


def types_of(wanted: CaseFilter) -> list[Choice]:
    """All case types."""
    return [Choice(kind.value, str(kind.label), kind.value in wanted.values("type")) for kind in CaseType]


def _owners(wanted: CaseFilter, viewer: Viewer) -> tuple[list[Choice], bool]:
    """Me, nobody, colleagues by name; and whether there are more than are shown."""
    seats = Membership.objects.filter(organisation=viewer.organisation_id, is_active=True)
    people = list(
        seats.exclude(person=viewer.person_id)
        .order_by("person__name", "pk")
        .values_list("person__email", "person__name")[: MOST_COLLEAGUES + 1]
    )
    named = [(ME, _("Me")), (NOBODY, _("Nobody")), *people[:MOST_COLLEAGUES]]
    known = {value for value, _label in named}
    named += [(address, address) for address in wanted.values("owner") if address not in known]
    choices = [Choice(value, label or value, value in wanted.values("owner")) for value, label in named]
    return choices, len(people) > MOST_COLLEAGUES
