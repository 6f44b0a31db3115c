"""Saving views, changing and removing them."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from caseway.accounts.audit import record
from caseway.accounts.changing import Changes, State, differences
from caseway.accounts.viewer import Viewer
from caseway.cases.models import SavedView
from caseway.cases.models.saved_view import LONGEST_NAME
from caseway.cases.views.columns import checked
from caseway.core.clock import now
from caseway.core.errors import Conflict, Invalid, NotAllowed, NotFound, Stale
from caseway.core.text import clean_line
from caseway.core.transactions import action

from .events import SavedViewChanged
from .queries import OWN, TEAM, filter_from, may_change, scope_of, teams_to_share_with

MOST = 100
"""Views that a person, or a team, may have."""
GROUPINGS = ("", "none", "deadline", "court", "owner")
"""By what the rows of a view are parted; "" leaves it to the order, as in `caseway.cases.views.shown`."""


@dataclass(frozen=True, kw_only=True)
class Described:
    """A view as somebody wants it: `query` is a filter's query string, `scope` own or team (by its id)."""

    name: str
    query: str = ""
    scope: str = OWN
    team: int | None = None
    columns: tuple[str, ...] = ()
    grouping: str = ""


def described(saved: SavedView) -> Described:
    """A stored view as it is."""
    return Described(
        name=saved.name,
        query=saved.query,
        scope=scope_of(saved),
        team=saved.team_id,
        columns=tuple(saved.columns),
        grouping=saved.grouping,
    )


@action
def save(wanted: Described, *, by: Viewer) -> SavedView:
    """A new view. Raises Invalid by field, Conflict where its owner has `MOST` already."""
    if not by.is_agent:
        raise NotFound
    saved = SavedView(organisation=by.organisation)
    _store(saved, wanted, by)
    whose = Q(owner=saved.owner_id) if saved.owner_id else Q(team=saved.team_id)
    if SavedView.objects.filter(whose, organisation=by.organisation_id).count() > MOST:
        raise Conflict(_("There are %(most)s views already. Remove one first.") % {"most": MOST})
    _tell(saved, by, "added", before={})
    return saved


@action
def change(saved: SavedView, wanted: Described, *, by: Viewer, version: int | None) -> SavedView:
    """Make it another. `version` is the one that was read, None takes any.

    Raises NotFound, NotAllowed, Invalid, and Stale with what is stored where somebody was quicker.
    """
    stored = _locked(saved, by)
    if version is not None and version != stored.version:
        words = _("%(name)s has changed this view meanwhile.") % {"name": stored.updated_by.name}
        raise Stale(words, current={**_state(stored), "version": stored.version})
    before = _shared(stored)
    stored.version += 1
    _store(stored, wanted, by)
    _tell(stored, by, "changed", before=before)
    return stored


@action
def remove(saved: SavedView, *, by: Viewer) -> None:
    """Throw it away; whoever's desk opened with it begins with all active cases again.

    Raises NotFound, NotAllowed.
    """
    stored = _locked(saved, by)
    _tell(stored, by, "removed", before=_shared(stored))
    stored.delete()


def _locked(saved: SavedView, by: Viewer) -> SavedView:
    seen = SavedView.objects.visible_to(by).select_related("updated_by", "team")
    stored = seen.select_for_update(of=("self",)).filter(pk=saved.pk).first()
    if stored is None:
        raise NotFound
    if not may_change(stored, by):
        raise NotAllowed(_("Only who leads this team can change its views."))
    return stored


def _store(saved: SavedView, wanted: Described, by: Viewer) -> None:
    saved.name = _named(wanted.name)
    saved.query = filter_from(wanted.query).query_string()
    saved.columns = checked(wanted.columns) if wanted.columns else []
    if wanted.grouping not in GROUPINGS:
        raise Invalid({"grouping": _("There is no such choice.")})
    saved.grouping = wanted.grouping
    _give_to(saved, wanted, by)
    saved.updated_by, saved.updated_at = by.person, now()  # type: ignore[assignment]
    saved.save()


def _named(typed: str) -> str:
    name = clean_line(typed, 1_000)
    if not name:
        raise Invalid({"name": _("Give it a name, by which it is found.")})
    if len(name) > LONGEST_NAME:
        raise Invalid({"name": _("Keep it under %(limit)s characters.") % {"limit": LONGEST_NAME}})
    return name


def _give_to(saved: SavedView, wanted: Described, by: Viewer) -> None:
    """Whose it is from now on. Raises Invalid at `scope` or `team`."""
    if wanted.scope == OWN:
        saved.owner, saved.team = by.person, None
    elif wanted.scope == TEAM:
        team = next((one for one in teams_to_share_with(by) if one.pk == wanted.team), None)
        if team is None:
            raise Invalid({"team": _("Choose one of the teams whose views you may change.")})
        saved.owner, saved.team = None, team
    else:
        raise Invalid({"scope": _("Choose own or team.")})


def _state(saved: SavedView) -> State:
    team = saved.team.name if saved.team else ""
    columns = ", ".join(saved.columns)
    return {
        "name": saved.name,
        "team": team,
        "filter": saved.query,
        "columns": columns,
        "grouping": saved.grouping,
    }


def _shared(saved: SavedView) -> State:
    """What the organisation's log may tell of it: nothing of what is somebody's own."""
    return {} if saved.owner_id else _state(saved)


def _tell(saved: SavedView, by: Viewer, deed: str, *, before: State) -> None:
    """Tell the log of a team's view, and of one that was a team's."""
    after = {} if deed == "removed" else _shared(saved)
    if not (before or after):
        return
    changes: Changes = differences(before, after) if after else {}
    event = SavedViewChanged(saved_view_id=saved.pk, change=deed, scope=scope_of(saved))
    thing = str(after.get("name") or before.get("name", ""))
    record(event, by=by.person, organisation=by.organisation, thing=thing, changes=changes)
