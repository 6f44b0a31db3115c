"""Drafts as the portal's pages list them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from django.urls import reverse

from caseway.accounts.viewer import Viewer
from caseway.cases.models import CaseDraft, Category
from caseway.core.text import excerpt


@dataclass(frozen=True)
class BegunCase:
    """A draft in a list: what it is called (maybe nothing), its topic, when it was saved, its address."""

    title: str
    topic: str
    saved_at: datetime
    url: str
    files: int

    @classmethod
    def of(cls, draft: CaseDraft, topics: Mapping[str, str]) -> Self:
        """As listed; `topics` gives the name of an item by its id."""
        content = draft.content
        return cls(
            title=content["subject"] or excerpt(content["description"], 80),
            topic=topics.get(content["category"], ""),
            saved_at=draft.saved_at,
            url=reverse("portal:new_resume", args=[draft.pk]),
            files=len(content["attachments"]),
        )


def listed(drafts: Iterable[CaseDraft], viewer: Viewer) -> list[BegunCase]:
    """The drafts with the names of their items: one query more than theirs, none where there are none."""
    rows = list(drafts)
    keys = {row.content["category"] for row in rows if row.content["category"].isdecimal()}
    items = Category.objects.filter(organisation=viewer.organisation_id, pk__in=keys) if keys else []
    names = {str(item.pk): item.label for item in items}
    return [BegunCase.of(row, names) for row in rows]
