"""Merging: what it would do, doing it, taking it apart."""

from typing import Literal

from django.http import HttpResponse
from django.utils.translation import gettext as _
from pydantic import Field

from caseway.api.http.answers import Out, answer
from caseway.api.http.operations import Operations
from caseway.api.http.requests import ApiRequest
from caseway.api.tokens.scopes import Scope
from caseway.cases.merging import actions as merging
from caseway.cases.merging.preview import Preview, preview_of
from caseway.cases.merging.telling import told
from caseway.core.errors import Invalid

from .answering import case_answer
from .inputs import MergeIn
from .loading import case_named, own_side, visible_case
from .schemas import AnyCase

merges = Operations("Merging")


class ChapterOut(Out):
    """One part of the preview, in the reader's language."""

    about: Literal["people", "sides", "customer", "old_number"]
    sentences: list[str]


class MergePreview(Out):
    """What merging the two cases would do."""

    merged: str = Field(description="The case that is merged")
    survivor: str = Field(description="The case that goes on")
    obstacle: str | None = Field(description="Why it can't be done; null where it can")
    different_customers: bool = Field(description="Whether `across_customers` has to be sent")
    watchers: list[str] = Field(description="Who of your side will follow the survivor")
    participants: list[str] = Field(description="Who will take part in its conversations")
    consequences: list[ChapterOut]


@merges.get("/cases/{number}/merge", scope=Scope.CASES_READ, answer=MergePreview, query=("into",))
def preview_merge(request: ApiRequest, number: str, into: str = "") -> HttpResponse:
    """Preview merging a case into another: who is copied, what happens to each side. Nothing is done."""
    case = visible_case(request, number)
    own_side(request, case)
    survivor = case_named(request, into, "into")
    if survivor.pk == case.pk:
        raise Invalid({"into": _("Choose another case than this one.")})
    return answer(_shown(preview_of(case, survivor, request.viewer)))


@merges.post("/cases/{number}/merge", scope=Scope.CASES_WRITE, answer=AnyCase)
def merge_case(request: ApiRequest, number: str, body: MergeIn) -> HttpResponse:
    """Merge a case into another; the answer is the case that survives.

    Cases of different customers need `across_customers`; each goes on talking with you under their
    own number.
    """
    case = visible_case(request, number)
    survivor = merging.merge(
        case,
        by=request.viewer,
        into=case_named(request, body.into, "into"),
        across_customers=body.across_customers,
    )
    return case_answer(request, survivor)


@merges.delete("/cases/{number}/merge", scope=Scope.CASES_WRITE, answer=AnyCase)
def unmerge_case(request: ApiRequest, number: str) -> HttpResponse:
    """Take a merged case out of the one that it went into."""
    case = visible_case(request, number)
    merging.unmerge(case, by=request.viewer)
    return case_answer(request, case)


def _shown(preview: Preview) -> MergePreview:
    return MergePreview(
        merged=preview.merged.number,
        survivor=preview.survivor.number,
        obstacle=preview.obstacle or None,
        different_customers=preview.customers_differ,
        watchers=preview.watchers,
        participants=preview.participants,
        consequences=[
            ChapterOut(about=chapter.about.value, sentences=list(chapter.sentences))
            for chapter in told(preview)
        ],
    )
