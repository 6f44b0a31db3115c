"""Which guides may answer what somebody writes."""

from collections.abc import Sequence

from django.utils.translation import get_language

from caseway.accounts.models import Brand
from caseway.accounts.viewer import Viewer
from caseway.core.text import clean_line

from .embedding import LANGUAGES
from .models import Guide
from .models.access import GuideQuerySet
from .ranking import fused, ranked_by_meaning, ranked_by_words

SHORTEST, LONGEST = 3, 1_000
WORDS, MEANING, TOPIC = 1.0, 2.0, 0.5
"""Weights, chosen with the questions of tests/guidance; docs/contributors/guidance.md has the figures."""


def offered_to(viewer: Viewer, brand: Brand | None = None, language: str | None = None) -> GuideQuerySet:
    """The published guides for this reader: in their language, else in the organisation's own."""
    own = viewer.organisation.language if viewer.organisation else "en"
    wanted = language or get_language() or own
    return Guide.objects.visible_to(viewer).offered_in(wanted, own, brand)


def suggest(
    viewer: Viewer,
    *,
    text: str,
    about: Sequence[int] = (),
    brand: Brand | None = None,
    language: str | None = None,
    limit: int = 3,
    by_meaning: bool = True,
) -> list[Guide]:
    """The guides that may answer `text`, best first; at most `limit`, none for less than three letters.

    `about` are ids of guides of the topic that was chosen, best first: they come before others of
    the same likeness, and alone where nothing is written yet. `language` is the reader's unless
    told otherwise. `by_meaning` is turned off by tests that measure what it adds.
    """
    offered = offered_to(viewer, brand, language)
    rankings: list[tuple[float, Sequence[int]]] = [(TOPIC, list(about))]
    written = clean_line(text, LONGEST)
    if len(written) >= SHORTEST:
        own = viewer.organisation.language if viewer.organisation else "en"
        wanted = {language or get_language() or own, own}
        rankings.append((WORDS, ranked_by_words(offered, written, wanted)))
        if by_meaning and wanted & LANGUAGES:
            rankings.append((MEANING, ranked_by_meaning(offered, written)))
    best = fused(rankings)
    found = offered.filter(pk__in=best[: limit * 5]).defer("words", "meaning").in_bulk()
    return [found[key] for key in best if key in found][:limit]
