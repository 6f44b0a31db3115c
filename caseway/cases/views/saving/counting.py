"""Counts of saved views: at most every two seconds for one person and view, for open desks only."""

from collections.abc import Sequence

from django.core.cache import cache

from caseway.accounts.viewer import Viewer
from caseway.cases.models import SavedView
from caseway.cases.views.counts import counts_of
from caseway.core.errors import Invalid
from caseway.core.fingerprints import fingerprint

from .queries import filter_of

FRESH_SECONDS = 2


def kept_counts(views: Sequence[SavedView], viewer: Viewer) -> dict[int, int]:
    """How many cases each view has for this viewer, capped as `counts_of` does.

    One query for those that were counted less than two seconds ago, by any process; one more each
    for the others. A view whose filter is none any more has no count.
    """
    keys = {_key(one, viewer): one for one in views}
    known = cache.get_many(keys) if keys else {}
    counted = {key: n for key, one in keys.items() if key not in known and (n := _count(one, viewer)) >= 0}
    if counted:
        cache.set_many(counted, FRESH_SECONDS)
    return {one.pk: (known | counted)[key] for key, one in keys.items() if key in known or key in counted}


def _count(one: SavedView, viewer: Viewer) -> int:
    """The count; -1 for a filter that is none."""
    try:
        wanted = filter_of(one)
    except Invalid:
        return -1
    return counts_of([wanted.view], viewer, wanted)[wanted.view]


def _key(one: SavedView, viewer: Viewer) -> str:
    """Of the view as it is now, and of all that decides what this viewer sees."""
    sight = fingerprint(sorted(viewer.permissions), sorted(viewer.team_ids))
    return f"saved-view:{one.pk}:{one.version}:{viewer.organisation_id}:{viewer.person_id}:{sight}"
