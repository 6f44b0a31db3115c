"""What is given and taken of a guide."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from caseway.accounts.viewer import Viewer
from caseway.api.cases.schemas import Named, OrganisationOut
from caseway.api.http.answers import In, Out
from caseway.cases.guides.counting import counts_of
from caseway.cases.guides.queries import topics_of
from caseway.guidance.markup import as_html
from caseway.guidance.models import Guide

Id = Annotated[str, Field(min_length=1, max_length=64)]
Language = Annotated[str, Field(max_length=12, description="One of `en de es fr vi zh-hans`")]


class GuideRow(Out):
    """A guide in a list."""

    id: str
    title: str
    language: str
    brand: OrganisationOut | None
    original: str | None = Field(description="The guide that this one translates")
    published: bool
    minutes: int = Field(description="How long reading takes")
    updated_at: datetime


class GuideCounts(Out):
    """How often customers were shown it, opened it, and said that it solved their question; how
    often agents put it into an answer."""

    shown: int
    opened: int
    solved: int
    inserted: int


class GuideOut(GuideRow):
    """A guide. `counts` and `version` are for agents."""

    body: str = Field(description="Markdown")
    html: str = Field(description="The same as safe HTML")
    categories: list[Named]
    counts: GuideCounts | None
    version: int | None


class NewGuideIn(In):
    """A new guide, which begins as a draft."""

    title: Annotated[str, Field(max_length=1_000)]
    body: Annotated[str, Field(max_length=100_000)]
    language: Language = "en"
    brand: Annotated[str, Field(max_length=64)] | None = Field(None, description="A brand's slug")
    original: Id | None = None
    categories: list[Id] = Field([], max_length=100)


class GuideChanges(In):
    """Fields to change; what is left out stays."""

    title: Annotated[str, Field(max_length=1_000)] | None = None
    body: Annotated[str, Field(max_length=100_000)] | None = None
    language: Language | None = None
    brand: Annotated[str, Field(max_length=64)] | None = None
    original: Id | None = None
    categories: list[Id] | None = Field(None, max_length=100)


def row(guide: Guide) -> dict[str, object]:
    """The fields of a row."""
    brand = guide.brand
    return {
        "id": str(guide.pk),
        "title": guide.title,
        "language": guide.language,
        "brand": OrganisationOut(slug=brand.slug, name=brand.name) if brand else None,
        "original": str(guide.original_id) if guide.original_id else None,
        "published": guide.is_published,
        "minutes": guide.minutes,
        "updated_at": guide.updated_at,
    }


def whole(guide: Guide, viewer: Viewer) -> GuideOut:
    """The guide as this reader sees it."""
    filed = [Named(id=str(one.pk), name=one.label) for one in topics_of([guide])[guide.pk]]
    more = {
        "body": guide.body,
        "html": str(as_html(guide.body)),
        "categories": filed,
        "counts": counts_of([guide])[guide.pk] if viewer.is_agent else None,
        "version": guide.version if viewer.is_agent else None,
    }
    return GuideOut.model_validate(row(guide) | more)
