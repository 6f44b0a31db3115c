"""Two ways to rank guides by a text: by its words, and by what it means. Both rank only what is given."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
from django.db import connection
from django.db.models import QuerySet

from caseway.core.words import han_in_pairs

from .embedding import WIDTH, likeness, meaning_of
from .models import Guide
from .wording import configuration_of

MOST_RANKED = 20
MOST_WORDS = 40
LEAST_LIKENESS = 0.1
"""Below this cosine two texts have nothing in common."""

# A word counts by how few of the guides have it, twice in a title. PostgreSQL's own ranks know
# nothing of rarity, and let "order" and "shipment" decide.
_BY_WORDS = """
WITH offered AS MATERIALIZED ({offered}),
     asked AS (SELECT DISTINCT lexeme FROM ({lexemes}) AS every (lexeme) LIMIT %s),
     hits AS (SELECT o.id, a.lexeme,
                     CASE WHEN o.words @@ (quote_literal(a.lexeme) || ':A')::tsquery
                          THEN 2 ELSE 1 END AS weight
                FROM asked a JOIN offered o ON o.words @@ quote_literal(a.lexeme)::tsquery),
     rarity AS (SELECT lexeme, ln(1 + (SELECT count(*) FROM offered)::float / count(*)) AS value
                  FROM hits GROUP BY lexeme)
SELECT h.id FROM hits h JOIN rarity r USING (lexeme)
 GROUP BY h.id ORDER BY sum(h.weight * r.value) DESC, h.id LIMIT %s
"""
_LEXEMES = "SELECT lexeme FROM unnest(to_tsvector(%s::regconfig, %s))"


def ranked_by_words(offered: QuerySet[Guide], text: str, languages: Iterable[str]) -> list[int]:
    """Ids of those that share words with `text`, which is read in each of `languages`; best first."""
    sql, params = offered.order_by().values("id", "words").query.sql_with_params()
    configurations = sorted({configuration_of(language) for language in languages})
    lexemes = " UNION ALL ".join([_LEXEMES] * len(configurations))
    asked = [part for name in configurations for part in (name, han_in_pairs(text))]
    with connection.cursor() as cursor:
        statement = _BY_WORDS.format(offered=sql, lexemes=lexemes)
        cursor.execute(statement, [*params, *asked, MOST_WORDS, MOST_RANKED])
        return [key for (key,) in cursor.fetchall()]


def ranked_by_meaning(offered: QuerySet[Guide], text: str) -> list[int]:
    """Ids of those whose meaning is near to that of `text`: as a whole, and in their nearest part."""
    rows = list(offered.order_by().exclude(meaning=b"").values_list("id", "meaning"))
    asked = meaning_of(text)
    if not rows or not asked.any():
        return []
    alike = likeness(b"".join(stored for _key, stored in rows), asked)
    lengths = [len(stored) // WIDTH for _key, stored in rows]
    starts = np.concatenate(([0], np.cumsum(lengths)[:-1]))
    near = (alike[starts] + np.maximum.reduceat(alike, starts)) / 2
    best = np.argsort(-near, kind="stable")[:MOST_RANKED]
    return [rows[place][0] for place in best if near[place] >= LEAST_LIKENESS]


def fused(rankings: Sequence[tuple[float, Sequence[int]]], steepness: int = 5) -> list[int]:
    """One ranking of several with their weights, by reciprocal ranks (Cormack, Clarke, Büttcher 2009).

    The usual constant is 60; among three places of a few dozen guides a steeper one found more.
    """
    scores: dict[int, float] = defaultdict(float)
    for weight, ranking in rankings:
        for place, key in enumerate(ranking):
            scores[key] += weight / (steepness + place)
    return sorted(scores, key=lambda key: -scores[key])
