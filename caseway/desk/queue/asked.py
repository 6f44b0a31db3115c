"""What the form of one filter shows: the operator and values in force, or those that were sent."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q

from caseway.accounts.requests import ViewerRequest
from caseway.accounts.viewer import Viewer
from caseway.cases.views.field import Choice, Field, Kind
from caseway.cases.views.operators import Operator
from caseway.cases.views.shown import Shown
from caseway.core.text import clean_line
from caseway.customers.models import CustomerAccount

MANY = 8
"""Choices from which a form has a box to narrow them."""
MOST_FOUND = 20


@dataclass(frozen=True)
class Asked:
    """One field, how it is compared (`was` before the form was sent), and the values of each operator."""

    field: Field
    shown: Shown
    viewer: Viewer
    operator: Operator
    was: Operator
    sent: dict[Operator, tuple[str, ...]]
    typed: str = ""

    @property
    def values(self) -> tuple[str, ...]:
        """The values of the operator."""
        return self.sent.get(self.operator, ())

    @property
    def parameters(self) -> dict[str, tuple[str, ...]]:
        """What becomes of the list's parameters: the operator that was goes, what was sent comes."""
        gone: dict[str, tuple[str, ...]] = {self.field.parameter(self.was): ()}
        return gone | {self.field.parameter(operator): values for operator, values in self.sent.items()}

    @property
    def is_span(self) -> bool:
        """Whether two days are asked for, each with its own operator."""
        return self.field.kind is Kind.DAY

    @property
    def takes_text(self) -> bool:
        """Whether words are written."""
        return self.field.kind is Kind.TEXT

    @property
    def takes_address(self) -> bool:
        """Whether further colleagues may be named by address."""
        return self.field.kind is Kind.PERSON

    @property
    def is_searched(self) -> bool:
        """Whether there are too many values to be listed: they are looked for."""
        return self.field.choices is None and not (self.is_span or self.takes_text)

    @cached_property
    def choices(self) -> list[Choice]:
        """What can be ticked: what is offered, and what is in force without being offered."""
        if self.is_span or self.takes_text:
            return []
        offered = self.field.choices(self.viewer) if self.field.choices else self._found()
        known = {choice.value for choice in offered}
        others = [value for value in self.values if value not in known]
        words = self.field.words(others, self.viewer) if others else []
        return [Choice(*pair) for pair in zip(others, words, strict=True)] + offered

    @property
    def has_many(self) -> bool:
        """Whether the choices are to be narrowed by typing."""
        return len(self.choices) > MANY and not self.is_searched

    def _found(self) -> list[Choice]:
        """Customers by how a word of their name, or their number, begins: they alone are too many."""
        begun = Q(name__istartswith=self.typed) | Q(name__icontains=f" {self.typed}")
        found = CustomerAccount.objects.visible_to(self.viewer).filter(
            begun | Q(number__istartswith=self.typed)
        )
        return [Choice(str(one.pk), one.name) for one in found.order_by("name", "pk")[:MOST_FOUND]]


def asked_by(request: ViewerRequest, field: Field, shown: Shown) -> Asked:
    """What the form is opened with, or what was sent with it."""
    in_force = {term.operator: term.values for term in shown.wanted.terms if term.field is field}
    was = _operator(request.GET.get("operator"), field) or next(iter(in_force), field.operators[0])
    if request.method != "POST":
        typed = clean_line(request.GET.get("find", ""), 80)
        return Asked(field, shown, request.viewer, was, was, in_force, typed)
    operator = _operator(request.POST.get("operator"), field) or was
    if field.kind is Kind.DAY:
        sent = {each: tuple(request.POST.getlist(each.value)) for each in field.operators}
    else:
        sent = {operator: tuple(value for value in request.POST.getlist("value") if value.strip())}
    typed = clean_line(request.POST.get("find", ""), 80)
    return Asked(field, shown, request.viewer, operator, was, sent, typed)


def _operator(named: str | None, field: Field) -> Operator | None:
    return next((one for one in field.operators if one.value == named), None)
