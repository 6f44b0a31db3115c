"""How text becomes words: as PostgreSQL's `simple` dictionary does, with Chinese cut into pairs."""

import re

LONGEST = 200_000
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")


def _pairs(match: re.Match[str]) -> str:
    run = match[0]
    pairs = [run[i : i + 2] for i in range(len(run) - 1)] or [run]
    return f" {' '.join(pairs)} "


def searchable(text: str) -> str:
    """The text as it is indexed and asked for: runs of Han characters as overlapping pairs."""
    return _HAN.sub(_pairs, text[:LONGEST])
