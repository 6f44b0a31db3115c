"""Case numbers: unique in the whole system, `CV` and digits."""

import re

from django.db import connection

PATTERN = r"CV\d{8,12}"
_TYPED = re.compile(r"^\s*(?:CV[\s-]*)?(\d{1,12})\s*$", re.IGNORECASE)


def next_number() -> str:
    """The next case number, from a sequence: never given twice, even where a transaction fails."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('caseway_case_number')")
        return f"CV{cursor.fetchone()[0]:08d}"


def number_from(typed: str) -> str | None:
    """The case number that somebody typed in any of the usual ways, or None: `cv 48213` is CV00048213."""
    match = _TYPED.match(typed)
    return f"CV{int(match[1]):08d}" if match else None
