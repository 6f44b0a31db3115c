"""Words of languages that write without blanks."""

import re

UNSPACED = "\u3005\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
"""The signs of Chinese and Japanese, as the inside of a regular expression's brackets."""
_RUN = re.compile(f"[{UNSPACED}]+")


def han_in_pairs(text: str) -> str:
    """The text with runs of Chinese and Japanese signs as overlapping pairs, since PostgreSQL has no
    other way to part them.
    """
    return _RUN.sub(_pairs, text)


def pairs_of(run: str) -> list[str]:
    """The overlapping pairs of a run; of one sign alone, the sign."""
    return [run[i : i + 2] for i in range(len(run) - 1)] or [run]


def _pairs(match: re.Match[str]) -> str:
    return f" {' '.join(pairs_of(match[0]))} "
