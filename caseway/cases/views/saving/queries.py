"""Reading saved views."""

from typing import Any
from urllib.parse import parse_qs

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from caseway.accounts.models import Team
from caseway.accounts.permissions import Permission
from caseway.accounts.viewer import Viewer
from caseway.cases.models import SavedView
from caseway.cases.views.filters import CaseFilter
from caseway.core.errors import Invalid, NotFound

MOST_LISTED = 200
IN_SIDEBAR = 12
"""Saved views that the sidebar shows, and counts; the palette and a page of their own have them all."""
OWN, TEAM = "own", "team"


def views_at_hand(viewer: Viewer) -> list[SavedView]:
    """The viewer's own and their teams', by name; one query."""
    return list(SavedView.objects.at_hand_of(viewer).order_by("name", "pk")[:MOST_LISTED])


def first_at_hand(viewer: Viewer) -> "QuerySet[SavedView, Any]":
    """Id and name of the first of them, and of one more where there are more than `IN_SIDEBAR`."""
    return SavedView.objects.at_hand_of(viewer).order_by("name", "pk").values("id", "name")[: IN_SIDEBAR + 1]


def views_seen_by(viewer: Viewer) -> list[SavedView]:
    """All that the viewer finds, with whose they are; one query."""
    seen = SavedView.objects.visible_to(viewer).select_related("team", "updated_by")
    return list(seen.order_by("name", "pk")[:MOST_LISTED])


def saved_view_visible_to(viewer: Viewer, key: int) -> SavedView:
    """The one with this id. Raises NotFound for anything that the viewer may not see."""
    seen = SavedView.objects.visible_to(viewer).select_related("team", "updated_by")
    found = seen.filter(pk=key).first()
    if found is None:
        raise NotFound
    return found


def scope_of(saved: SavedView) -> str:
    """Whose it is."""
    return OWN if saved.owner_id else TEAM


def may_change(saved: SavedView, viewer: Viewer) -> bool:
    """Their owner changes their own, a lead those of their teams, who manages settings every team's."""
    if saved.owner_id:
        return saved.owner_id == viewer.person_id
    if viewer.has(Permission.SETTINGS):
        return True
    return viewer.has(Permission.LEAD) and saved.team_id in viewer.team_ids


def teams_to_share_with(viewer: Viewer) -> list[Team]:
    """The teams whose views the viewer may change: all for settings, a lead's own."""
    teams = Team.objects.filter(organisation=viewer.organisation_id, is_active=True)
    if viewer.has(Permission.SETTINGS):
        return list(teams)
    return list(teams.filter(pk__in=viewer.team_ids)) if viewer.has(Permission.LEAD) else []


def filter_of(saved: SavedView) -> CaseFilter:
    """What it shows. Raises Invalid where its filter is none any more."""
    return filter_from(saved.query)


def filter_from(query: str) -> CaseFilter:
    """The filter of a query string. Raises Invalid at its parameters."""
    return CaseFilter.from_query(parse_qs(query))


def sentence_of(saved: SavedView, viewer: Viewer) -> str:
    """What it shows, in words, as far as the viewer knows them."""
    try:
        return filter_of(saved).sentence(viewer)
    except Invalid:
        return _("This filter can't be used any more.")
