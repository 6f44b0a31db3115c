"""What somebody typed into a search, taken apart: words, "words in this order", -words."""

import re
from dataclasses import dataclass

from .words import indexed_as, is_run, pieces_of

MOST_TERMS = 12
"""How many words and phrases are looked for; the rest of what was typed is left out."""
_TYPED = re.compile(r'(?P<minus>(?:(?<=\s)|^)-)?(?:["“„”](?P<phrase>[^"“„”]*)["“„”]?|(?P<chunk>[^\s"“„”]+))')


@dataclass(frozen=True)
class Term:
    """Words that stand next to each other, one at least, each as `plain` makes it."""

    words: tuple[str, ...]

    @property
    def tsquery(self) -> str:
        """The term as PostgreSQL's `to_tsquery` reads it. One sign of a run finds what begins with it."""
        parts = [part for word in self.words for part in indexed_as(word)]
        if len(parts) == 1 and len(parts[0]) == 1 and is_run(parts[0]):
            return f"'{parts[0]}':*"
        return "(" + " <-> ".join(f"'{part}'" for part in parts) + ")"


@dataclass(frozen=True)
class Asked:
    """All of `terms`, none of `without`."""

    terms: tuple[Term, ...] = ()
    without: tuple[Term, ...] = ()

    @property
    def tsquery(self) -> str:
        """What one text has to meet; "" where no word is asked for."""
        if not self.terms:
            return ""
        parts = [term.tsquery for term in self.terms] + [f"!{term.tsquery}" for term in self.without]
        return " & ".join(parts)


def asked_for(typed: str) -> Asked:
    """What was typed: every word counts, a quotation as a phrase, and what follows a minus must not be there.

    Signs within a word part it, and its parts have to stand together: `cv-12` is found as typed.
    """
    terms: list[Term] = []
    without: list[Term] = []
    for found in _TYPED.finditer(typed):
        words = tuple(piece.word for piece in pieces_of(found["phrase"] or found["chunk"] or ""))
        if words:
            (without if found["minus"] else terms).append(Term(words))
    return Asked(tuple(dict.fromkeys(terms))[:MOST_TERMS], tuple(dict.fromkeys(without))[:MOST_TERMS])
