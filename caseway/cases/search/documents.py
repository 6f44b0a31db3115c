"""Cases by words: what the reader may read of them, ranked by relevance and by how new it is.

The newest thousand texts that fit are ranked: a common word costs no more than others, and is never
answered by what is ten years old. A list that shows a part of the cases only (a view, a filter) may
have none of those; so of such a list the texts of its newest thousand cases are looked through too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, Q, QuerySet

from caseway.accounts.permissions import Permission
from caseway.accounts.viewer import Viewer
from caseway.cases.models import SearchDocument, Side
from caseway.core.clock import now
from caseway.core.database.statements import AnyOf

from .asking import Asked, Term
from .numbers import Fits
from .shelves import newest_first, words_query

NEWEST = 1000
FEW = 50
"""Where fewer texts than this have all the words, words that stand in several texts of a case count too."""
HALF_YEAR = 182 * 24 * 3600
"""In seconds. What is so much older has to fit 2.7 times as well."""

# The order of two texts never changes: as time goes by, both lose at the same rate.
_RANKED = """
SELECT case_id, count(*),
       max(ln(ts_rank('{0.1, 0.3, 0.4, 1.0}', words, to_tsquery('simple', %s), 1) + 1e-6)
           + extract(epoch FROM written_at) / %s)
"""


@dataclass(frozen=True)
class Found:
    """How well cases fit, and of how many texts that is known."""

    fits: Fits
    texts: int

    @property
    def is_all(self) -> bool:
        """Whether there are no more texts that fit."""
        return self.texts < NEWEST


def readable(viewer: Viewer) -> QuerySet[SearchDocument]:
    """The texts that the viewer may read on cases that they see, which is asked of the sides."""
    # Said so that no index of organisations is tried: all of one's own texts are far too many.
    ours = Q(organisation_key=viewer.organisation_id)
    documents = SearchDocument.objects.annotate(organisation_key=F("organisation_id") + 0).filter(ours)
    if viewer.has(Permission.RECORDS):
        return documents
    mine = Side.objects.filter(organisation=viewer.organisation_id, owner=viewer.person_id)
    return documents.filter(Q(is_record=False) | Q(case__in=mine.values("case")))


def with_words(documents: QuerySet[SearchDocument], tsquery: str) -> QuerySet[SearchDocument]:
    """Those that meet a query of words."""
    return documents.filter(words=words_query(tsquery))


def cases_with_words(
    asked: Asked, viewer: Viewer, *, within: QuerySet[Side] | None = None, only_told: bool = False
) -> Fits:
    """How well cases fit what is asked for, by their ids, of the texts that the viewer may read.

    `within` are the cases of a list that shows a part of them; `only_told` leaves out messages. A query
    for each of the windows that are looked through; one more for a common word in a part, for words
    that no single text has all of, and for words that must not be there.
    """
    if not asked.terms:
        return {}
    texts = readable(viewer).filter(message=None) if only_told else readable(viewer)
    found = _newest(texts, asked.tsquery, viewer)
    fits = dict(found.fits)
    if not found.is_all and within is not None:
        fits |= _ranked(with_words(_of_cases(texts, within), asked.tsquery), asked.tsquery).fits
    if found.texts < FEW and len(asked.terms) > 1:
        fits = _across(asked, texts, viewer) | fits
    return _leaving_out(fits, asked, texts)


def cases_begun_with(tsquery: str, viewer: Viewer, most: int) -> list[int]:
    """Ids of the cases of the `most` newest texts that meet a query of words, the newest first, each once."""
    found: list[int] = []
    for shelves in newest_first(viewer.organisation_id or 0, now()):
        texts = readable(viewer).filter(words=shelves & words_query(tsquery)).order_by("-written_at")
        found = list(texts.values_list("case", flat=True)[:most])
        if len(found) == most:
            break
    return list(dict.fromkeys(found))


def _newest(texts: QuerySet[SearchDocument], tsquery: str, viewer: Viewer) -> Found:
    """Cases of the newest thousand texts that meet a query of words."""
    found = Found({}, 0)
    for shelves in newest_first(viewer.organisation_id or 0, now()):
        there = texts.filter(words=shelves & words_query(tsquery)).order_by("-written_at")
        found = _ranked(there[:NEWEST], tsquery)
        if not found.is_all:
            break
    return found


def _of_cases(documents: QuerySet[SearchDocument], sides: QuerySet[Side]) -> QuerySet[SearchDocument]:
    """The texts of the newest thousand cases of a list: found by key, whatever else would fit."""
    first = sides.order_by("-updated_at").values("case")[:NEWEST]
    return documents.filter(AnyOf("case", ArraySubquery(first)))


def _across(asked: Asked, texts: QuerySet[SearchDocument], viewer: Viewer) -> Fits:
    """Cases of which one text has one of the words and another text the others.

    Looked for among the cases of the first word that is not too common, the longest tried first.
    """
    any_of_them = " | ".join(term.tsquery for term in asked.terms)
    for term in sorted(asked.terms, key=lambda term: -len("".join(term.words)))[:3]:
        found = _newest(texts, term.tsquery, viewer)
        if found.is_all:
            theirs = texts.filter(case__in=list(found.fits))
            return _ranked(with_words(theirs, any_of_them), any_of_them, each=asked.terms).fits
    return {}


def _leaving_out(fits: Fits, asked: Asked, texts: QuerySet[SearchDocument]) -> Fits:
    """Without cases of which any text has what must not be there."""
    if not fits or not asked.without:
        return fits
    unwanted = " | ".join(term.tsquery for term in asked.without)
    theirs = with_words(texts.filter(case__in=list(fits)), unwanted)
    out = set(theirs.values_list("case", flat=True))
    return {case: fit for case, fit in fits.items() if case not in out}


def _ranked(documents: QuerySet[SearchDocument], tsquery: str, *, each: Sequence[Term] = ()) -> Found:
    """The cases of these texts; of `each` term, some text of the case has to have it."""
    try:
        inner, given = documents.values("case_id", "words", "written_at").query.sql_with_params()
    except EmptyResultSet:  # nothing can fit, and the ORM knows
        return Found({}, 0)
    having = " AND ".join("bool_or(words @@ to_tsquery('simple', %s))" for _term in each) or "true"
    sql = f"{_RANKED} FROM ({inner}) AS found GROUP BY case_id HAVING {having}"
    parameters: list[Any] = [tsquery, HALF_YEAR, *given, *(term.tsquery for term in each)]
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        rows = cursor.fetchall()
    return Found({case: float(fit) for case, _texts, fit in rows}, sum(texts for _case, texts, _fit in rows))
