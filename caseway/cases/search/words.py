"""How text becomes words: as PostgreSQL's `simple` dictionary does, with Chinese cut into pairs."""

from caseway.core.words import han_in_pairs

LONGEST = 200_000


def searchable(text: str) -> str:
    """The text as it is indexed and asked for: runs of Han characters as overlapping pairs."""
    return han_in_pairs(text[:LONGEST])
