"""Why a case was found: the message, or the description, that has the words, as its reader may read it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.postgres.search import SearchRank
from django.db.models import F, QuerySet
from markupsafe import Markup

from caseway.accounts.asking import AskedBy
from caseway.accounts.viewer import Viewer
from caseway.cases.models import Message, Side
from caseway.core.database.statements import AnyOf, Slot
from caseway.core.text import clean_line

from .documents import readable, with_words
from .marking import Marker
from .shelves import words_query


@dataclass(frozen=True)
class Match:
    """The stretch of a text with what was asked for; of a message who wrote it and its id."""

    snippet: Markup
    author: str = ""
    author_id: int | None = None
    message: int | None = None


def matches_in(sides: Sequence[Side], typed: str, viewer: Viewer) -> dict[int, Match]:
    """The matches of some of the viewer's sides (one page of a list), by case.

    A message before the description, the one that fits best. Three queries at most. A case that was
    found by its number, its subject or its parties has none.
    """
    marker = Marker.of(clean_line(typed))
    if not sides or not marker.asked.terms:
        return {}
    found = _in_messages([side.case_id for side in sides], marker, viewer)
    others = [side.pk for side in sides if side.case_id not in found]
    return found | (_in_descriptions(others, marker, viewer) if others else {})


def _in_messages(cases: list[int], marker: Marker, viewer: Viewer) -> dict[int, Match]:
    best = _best_messages(cases, marker, viewer)
    texts = (
        {message.pk: message for message in _texts.rows(viewer, messages=list(best.values()))} if best else {}
    )
    matches = {case: _match(texts[key], marker) for case, key in best.items() if key in texts}
    return {case: match for case, match in matches.items() if match is not None}


def _best_messages(cases: list[int], marker: Marker, viewer: Viewer) -> dict[int, int]:
    """The message of each case that fits best with any of the words."""
    tsquery = " | ".join(term.tsquery for term in marker.asked.terms)
    theirs = readable(viewer).filter(case__in=cases, message__isnull=False)
    rank = SearchRank(F("words"), words_query(tsquery))
    ranked = with_words(theirs, tsquery).annotate(rank=rank).order_by("case", "-rank", "-written_at")
    return dict(ranked.distinct("case").values_list("case", "message"))


@AskedBy
def _texts(viewer: Viewer) -> QuerySet[Message]:
    """The door itself decides once more: no document says what may be shown."""
    readable_ones = Message.objects.visible_to(viewer).filter(AnyOf("pk", Slot("messages")))
    return readable_ones.only("subject", "text", "author", "author_name")


def _match(message: Message, marker: Marker) -> Match | None:
    snippet = marker.snippet(message.text) or marker.snippet(message.subject)
    return Match(snippet, message.author_name, message.author_id, message.pk) if snippet else None


def _in_descriptions(sides: list[int], marker: Marker, viewer: Viewer) -> dict[int, Match]:
    told = Side.objects.visible_to(viewer).filter(pk__in=sides).exclude(description="")
    snippets = {case: marker.snippet(words) for case, words in told.values_list("case", "description")}
    return {case: Match(snippet) for case, snippet in snippets.items() if snippet is not None}
