"""Linking, bringing in a partner."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from caseway.api.http.answers import ListOf, Out, answer
from caseway.api.http.operations import Operations
from caseway.api.http.problems import fields_called
from caseway.api.http.requests import ApiRequest
from caseway.api.tokens.scopes import Scope
from caseway.cases.creation.fields import partner_named
from caseway.cases.linking.actions import link, unlink
from caseway.cases.linking.queries import Associated, associated_with
from caseway.cases.models import CaseLink
from caseway.cases.partnering.actions import add_partner
from caseway.cases.status import Status
from caseway.core.errors import Invalid, NotFound

from .answering import case_answer
from .inputs import NewLink, NewPartner
from .loading import case_named, own_side, visible_case
from .schemas import AnyCase

associations = Operations("Associated cases")
WRITE = Scope.CASES_WRITE


class AssociatedCase(Out):
    """Another case of your side that belongs to this one."""

    number: str
    subject: str
    status: Status
    active: bool
    relation: str


@associations.get("/cases/{number}/links", scope=Scope.CASES_READ, answer=ListOf[AssociatedCase])
def list_links(request: ApiRequest, number: str) -> HttpResponse:
    """List the cases that belong to this one: merged, linked, follow-ups."""
    case = visible_case(request, number)
    own_side(request, case)
    items = [_associated(one) for one in associated_with(case, request.viewer)]
    return answer(ListOf[AssociatedCase](items=items, next=None))


@associations.post("/cases/{number}/links", scope=WRITE, answer=AssociatedCase, status=201)
def link_case(request: ApiRequest, number: str, body: NewLink) -> HttpResponse:
    """Link two cases of your side."""
    case = visible_case(request, number)
    other = case_named(request, body.other, "other")
    link(case, by=request.viewer, other=other, kind=CaseLink.Kind(body.kind))
    found = associated_with(case, request.viewer)
    return answer(next(_associated(one) for one in found if one.side.case_id == other.pk), status=201)


@associations.delete("/cases/{number}/links/{other}", scope=WRITE, answer=ListOf[AssociatedCase])
def unlink_case(request: ApiRequest, number: str, other: str) -> HttpResponse:
    """Take a link away; the answer is what is left."""
    case = visible_case(request, number)
    own_side(request, case)
    found = [one for one in associated_with(case, request.viewer) if one.link and one.side.number == other]
    if not found or found[0].link is None:
        raise NotFound
    unlink(found[0].link, by=request.viewer)
    items = [_associated(one) for one in associated_with(case, request.viewer)]
    return answer(ListOf[AssociatedCase](items=items, next=None))


def _associated(one: Associated) -> AssociatedCase:
    side = one.side
    return AssociatedCase(
        number=side.number,
        subject=side.subject,
        status=Status(side.status),
        active=side.is_active,
        relation=one.relation,
    )


@associations.post("/cases/{number}/partner", scope=WRITE, answer=AnyCase)
def bring_in_partner(request: ApiRequest, number: str, body: NewPartner) -> HttpResponse:
    """Share a case with a partner organisation, which reads `subject` and `text` and nothing said before."""
    case = visible_case(request, number)
    own_side(request, case)
    partner = partner_named(body.partner, request.viewer)
    if partner is None:
        raise Invalid({"partner": _("Name a partner.")})
    with fields_called(partner_subject="subject", partner_text="text"):
        add_partner(
            case,
            by=request.viewer,
            partner=partner,
            subject=body.subject,
            text=body.text,
            listed=body.listed,
        )
    return case_answer(request, case)
