"""Words of languages that write without blanks."""

import re

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")


def han_in_pairs(text: str) -> str:
    """The text with runs of Han characters as overlapping pairs, since PostgreSQL doesn't segment them."""
    return _HAN.sub(_pairs, text)


def _pairs(match: re.Match[str]) -> str:
    run = match[0]
    pairs = [run[i : i + 2] for i in range(len(run) - 1)] or [run]
    return f" {' '.join(pairs)} "
