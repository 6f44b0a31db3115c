"""What each of many viewers may see, asked of `visible_to` for all of them at once.

Viewers of one organisation mostly see the same, so one of them is asked for all; and what is asked
for several is joined into one statement.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Mapping
from typing import Any, TypeVar

from django.db.models import QuerySet, Value

from caseway.accounts.permissions import Permission
from caseway.accounts.viewer import Viewer

K = TypeVar("K", bound=Hashable)
ASKED_AT_ONCE = 40
"""Parts of one statement: more take longer to plan than two statements do."""


def sight_of(viewer: Viewer) -> Hashable:
    """Viewers with equal sight see the same cases, and the same of them but for internal records."""
    if viewer.is_agent:
        sees_all = viewer.policy.agents_see_all or viewer.has(Permission.LEAD)
        return ("desk", viewer.organisation_id, None if sees_all else viewer.person_id)
    account = viewer.account_id if viewer.administers_account else None
    return (viewer.seat.value, viewer.organisation_id, viewer.contact_id, account)


def sight_of_records(viewer: Viewer) -> Hashable:
    """Viewers with equal sight of records read the same of them: who owns a case differs by person."""
    reads_all = viewer.is_agent and viewer.has(Permission.RECORDS)
    return (sight_of(viewer), None if reads_all else viewer.person_id)


def seen_by_each(
    viewers: Mapping[K, Viewer],
    seen_by: Callable[[Viewer], "QuerySet[Any]"],
    sight: Callable[[Viewer], Hashable] = sight_of,
) -> dict[K, Collection[int]]:
    """The ids that each of `viewers` finds in `seen_by(viewer)`; one query for forty different sights."""
    groups: dict[Hashable, list[K]] = defaultdict(list)
    for key, viewer in viewers.items():
        groups[sight(viewer)].append(key)
    members = list(groups.values())
    seen: list[set[int]] = [set() for _ in members]
    for first in range(0, len(members), ASKED_AT_ONCE):
        asked = members[first : first + ASKED_AT_ONCE]
        parts = [
            seen_by(viewers[keys[0]]).order_by().annotate(asked=Value(first + n)).values_list("asked", "pk")
            for n, keys in enumerate(asked)
        ]
        for n, pk in parts[0].union(*parts[1:], all=True) if parts[1:] else parts[0]:
            seen[n].add(pk)
    return {key: found for keys, found in zip(members, seen, strict=True) for key in keys}
