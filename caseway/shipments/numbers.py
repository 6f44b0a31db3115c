"""Numbers of shipments as they are searched."""

import re

_SEPARATORS = re.compile(r"[\s\-–./]+")
LONGEST = 60


def normal_number(typed: str) -> str:
    """A number as it is stored for search: upper case, without blanks, dashes, dots and slashes."""
    return _SEPARATORS.sub("", typed).upper()[:LONGEST]
