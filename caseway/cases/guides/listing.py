"""The desk's list of guides: what can be chosen, and what a row shows."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Self
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Q

from caseway.accounts.viewer import Viewer
from caseway.cases.models import Category
from caseway.core.errors import Invalid
from caseway.core.paging import Order, Page, page_of
from caseway.core.text import clean_line
from caseway.guidance.models import Guide
from caseway.guidance.models.access import GuideQuerySet

from .counting import counts_of
from .queries import topics_of

NEWEST = Order("updated_at")
STATES = ("published", "draft")


@dataclass(frozen=True)
class GuideFilter:
    """Which guides are listed. Values that name nothing are left out."""

    q: str = ""
    state: str = ""
    language: str = ""
    topic: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> Self:
        """What an address asks for."""
        state, language, topic = (query.get(name, "") for name in ("state", "language", "topic"))
        return cls(
            q=clean_line(query.get("q", ""), 80),
            state=state if state in STATES else "",
            language=language if language in dict(settings.LANGUAGES) else "",
            topic=topic if topic.isdecimal() and len(topic) < 18 else "",
        )

    @property
    def narrows(self) -> bool:
        """Whether anything is chosen."""
        return any(asdict(self).values())

    def query_string(self) -> str:
        """The address of this choice."""
        return urlencode({name: value for name, value in asdict(self).items() if value})

    def narrow(self, guides: GuideQuerySet) -> GuideQuerySet:
        """Those of `guides` that are chosen; a topic brings its items along."""
        if self.q:
            guides = guides.filter(Q(title__icontains=self.q) | Q(body__icontains=self.q))
        if self.state:
            guides = guides.filter(published_at__isnull=self.state == "draft")
        if self.language:
            guides = guides.filter(language=self.language)
        if self.topic:
            within = Q(topics__category=self.topic) | Q(topics__category__parent=self.topic)
            guides = guides.filter(within).distinct()
        return guides


@dataclass(frozen=True)
class Row:
    """One line: a guide, what it is filed under, and its counts."""

    guide: Guide
    topics: Sequence[Category]
    counts: Mapping[str, int]


def rows_for(wanted: GuideFilter, viewer: Viewer, cursor: str | None) -> tuple[Page[Guide], list[Row]]:
    """A page of the viewer's guides, the latest first. Three queries."""
    seen = Guide.objects.visible_to(viewer).select_related("brand", "updated_by").defer("words", "meaning")
    bound_to = f"guides:{viewer.us}:{wanted.query_string()}"
    try:
        page = page_of(wanted.narrow(seen), NEWEST, cursor=cursor, bound_to=bound_to)
    except Invalid:
        page = page_of(wanted.narrow(seen), NEWEST, bound_to=bound_to)
    topics, counts = topics_of(page.items), counts_of(page.items)
    return page, [Row(guide, topics[guide.pk], counts[guide.pk]) for guide in page.items]
