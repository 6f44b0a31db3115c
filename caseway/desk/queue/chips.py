"""Chips of a short filter bar: one per field, in force or to be added, with what its popover offers."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from caseway.accounts.viewer import Viewer
from caseway.cases.types import CaseType
from caseway.cases.views.field import Kind
from caseway.cases.views.filters import CaseFilter
from caseway.cases.views.operators import Operator
from caseway.cases.views.registry import BY_PARAMETER
from caseway.cases.views.wording import Worded, worded

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


def types_of(wanted: CaseFilter) -> list[Choice]:
    """All case types."""
    return [Choice(kind.value, str(kind.label), kind.value in wanted.values("type")) for kind in CaseType]
