"""The foot of the list: which of its cases this page shows, and the ways to the pages around it."""

from dataclasses import dataclass

from django.http import QueryDict

from caseway.cases.models import Side
from caseway.core.paging import Page

SIZE = 50
MOST = 10_000_000


@dataclass(frozen=True)
class Foot:
    """The place of the first and last case on this page, and the places before it and after.

    Pages follow each other by key: the place comes along in the address, for people to read, and is
    about right where cases come and go meanwhile.
    """

    first: int
    last: int
    total: int | None
    """How many the list has, where this page is all of it."""
    previous: str = ""
    next: str = ""


def foot_of(query: QueryDict, page: Page[Side]) -> Foot:
    """The foot of a page. Its ways are what the queries of those pages have beside the filter."""
    first = _place(query.get("from", "")) if query.get("cursor") and page.previous else 1
    n = len(page.items)
    return Foot(
        first=first,
        last=first + n - 1,
        total=n if not page.previous and not page.next else None,
        previous=f"cursor={page.previous}&from={max(first - SIZE, 1)}" if page.previous else "",
        next=f"cursor={page.next}&from={first + n}" if page.next else "",
    )


def _place(sent: str) -> int:
    return max(min(int(sent[:9]), MOST), 1) if sent.isascii() and sent.isdecimal() else 1
