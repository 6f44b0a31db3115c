"""`/categories`, `/case-types`, `/reasons`, `/priorities`, `/contact-methods`."""

from typing import Annotated

from django.http import HttpResponse

from caseway.api.cases.schemas import Named, PriorityOut
from caseway.api.http.answers import ListOf, Out, answer, choices_of
from caseway.api.http.operations import Operations
from caseway.api.http.requests import ApiRequest
from caseway.api.tokens.scopes import Scope
from caseway.cases.models import Category, ContactMethod, Priority, Reason
from caseway.cases.types import CaseType

reference = Operations("Lists")
READ = frozenset({Scope.SETTINGS_READ, Scope.CASES_READ, Scope.CASES_WRITE})
CUSTOMERS_REASONS = (Reason.Kind.WITHDRAWAL, Reason.Kind.REOPEN)


class CategoryOut(Named):
    """A topic (without parent) or one of its items, which maps to a case type."""

    parent: str | None
    type: CaseType | None


class CaseTypeOut(Out):
    """A case type, the same for all organisations."""

    id: CaseType
    name: str


class ReasonOut(Named):
    """A reason to choose."""

    kind: Annotated[Reason.Kind, choices_of(Reason.Kind)]


@reference.get("/categories", scope=READ, answer=ListOf[CategoryOut])
def list_categories(request: ApiRequest) -> HttpResponse:
    """List topics, and below each its items; a case names an item."""
    rows = Category.objects.filter(organisation=request.viewer.organisation_id, is_active=True)
    items = [
        CategoryOut(
            id=str(row.pk),
            name=row.label,
            parent=str(row.parent_id) if row.parent_id else None,
            type=CaseType(row.case_type) if row.case_type else None,
        )
        for row in rows
    ]
    return answer(ListOf[CategoryOut](items=items, next=None))


@reference.get("/case-types", scope=READ, answer=ListOf[CaseTypeOut])
def list_case_types(request: ApiRequest) -> HttpResponse:
    """List case types."""
    items = [CaseTypeOut(id=kind, name=str(kind.label)) for kind in CaseType]
    return answer(ListOf[CaseTypeOut](items=items, next=None))


@reference.get("/reasons", scope=READ, answer=ListOf[ReasonOut])
def list_reasons(request: ApiRequest) -> HttpResponse:
    """List reasons; in a portal those that customers choose from."""
    rows = Reason.objects.filter(organisation=request.viewer.organisation_id, is_active=True)
    if not request.viewer.is_agent:
        rows = rows.filter(kind__in=CUSTOMERS_REASONS)
    rows = rows.order_by("kind", "position", "pk")
    items = [ReasonOut(id=str(row.pk), name=row.label, kind=Reason.Kind(row.kind)) for row in rows]
    return answer(ListOf[ReasonOut](items=items, next=None))


@reference.get("/priorities", scope=READ, answer=ListOf[PriorityOut])
def list_priorities(request: ApiRequest) -> HttpResponse:
    """List priorities; none in a portal."""
    rows = Priority.objects.filter(organisation=request.viewer.organisation_id, is_active=True)
    found = rows if request.viewer.is_agent else rows.none()
    items = [PriorityOut(id=str(row.pk), name=row.label, rank=row.rank) for row in found]
    return answer(ListOf[PriorityOut](items=items, next=None))


@reference.get("/contact-methods", scope=READ, answer=ListOf[Named])
def list_contact_methods(request: ApiRequest) -> HttpResponse:
    """List the ways in which customers reach your organisation; none in a portal."""
    rows = ContactMethod.objects.filter(organisation=request.viewer.organisation_id, is_active=True)
    found = rows if request.viewer.is_agent else rows.none()
    items = [Named(id=str(row.pk), name=row.label) for row in found]
    return answer(ListOf[Named](items=items, next=None))
