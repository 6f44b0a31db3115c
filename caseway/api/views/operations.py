"""`/views`: saved views."""

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from caseway.api.http.answers import ListOf, answer
from caseway.api.http.ids import id_of
from caseway.api.http.operations import Operations
from caseway.api.http.requests import ApiRequest
from caseway.api.http.versions import etag_of, expected_versions
from caseway.api.tokens.scopes import Scope
from caseway.cases.models import SavedView
from caseway.cases.views.arranging.actions import open_desk_with
from caseway.cases.views.arranging.queries import OneList, desk_opens_with
from caseway.cases.views.saving import actions
from caseway.cases.views.saving.actions import Described, described
from caseway.cases.views.saving.queries import saved_view_visible_to, views_seen_by
from caseway.core.errors import NotFound, Stale

from .schemas import SavedViewChanges, SavedViewIn, SavedViewOut, query_from, shown

views = Operations("Saved views")
READ = frozenset({Scope.SETTINGS_READ, Scope.CASES_READ, Scope.CASES_WRITE})


@views.get("/views", scope=READ, answer=ListOf[SavedViewOut])
def list_views(request: ApiRequest) -> HttpResponse:
    """List your own saved views and your teams', by name. `GET /cases?saved=` lists a view's cases."""
    opens = _opening(request)
    items = [shown(one, opens_desk=one.pk == opens) for one in views_seen_by(request.viewer)]
    return answer(ListOf[SavedViewOut](items=items, next=None))


@views.post("/views", scope=Scope.SETTINGS_WRITE, answer=SavedViewOut, status=201)
def create_view(request: ApiRequest, body: SavedViewIn) -> HttpResponse:
    """Save a view: for yourself, or for a team where your role lets you."""
    if not request.viewer.is_agent:
        raise NotFound
    wanted = Described(
        name=body.name,
        query=query_from(body.filters),
        scope=body.scope,
        team=(id_of(body.team) or -1) if body.team else None,
        columns=tuple(body.columns),
        grouping=body.grouping,
    )
    saved = actions.save(wanted, by=request.viewer)
    if body.opens_desk:
        open_desk_with(OneList(saved=saved), by=request.viewer)
    return _answer(request, saved, status=201)


@views.get("/views/{key}", scope=READ, answer=SavedViewOut)
def read_view(request: ApiRequest, key: str) -> HttpResponse:
    """Read a saved view. The ETag is its version."""
    return _answer(request, _visible(request, key))


@views.patch("/views/{key}", scope=Scope.SETTINGS_WRITE, answer=SavedViewOut)
def change_view(request: ApiRequest, key: str, body: SavedViewChanges) -> HttpResponse:
    """Change a saved view, for whom it is, or whether your desk begins with it."""
    stored = _visible(request, key)
    expected = expected_versions(request)
    if expected is not None and stored.version not in expected:
        words = _("Somebody changed this meanwhile. Here is what is stored now.")
        raise Stale(words, current=_shown(request, stored).model_dump(mode="json"))
    given = {name: value for name, value in body.model_dump(exclude_unset=True).items() if value is not None}
    opens = given.pop("opens_desk", None)
    if given:
        wanted = replace(described(stored), **_in_the_actions_words(given))
        stored = actions.change(stored, wanted, by=request.viewer, version=stored.version)
    if opens is not None and opens != (_opening(request) == stored.pk):
        open_desk_with(OneList(saved=stored) if opens else None, by=request.viewer)
    return _answer(request, stored)


@views.delete("/views/{key}", scope=Scope.SETTINGS_WRITE, answer=None, status=204)
def remove_view(request: ApiRequest, key: str) -> HttpResponse:
    """Throw a saved view away."""
    actions.remove(_visible(request, key), by=request.viewer)
    return HttpResponse(status=204)


def _in_the_actions_words(given: dict[str, Any]) -> dict[str, Any]:
    if "filters" in given:
        given["query"] = query_from(given.pop("filters"))
    if "team" in given:
        given["team"] = id_of(given["team"]) or -1
    if "columns" in given:
        given["columns"] = tuple(given["columns"])
    return given


def _visible(request: ApiRequest, key: str) -> SavedView:
    return saved_view_visible_to(request.viewer, id_of(key) or 0)


def _opening(request: ApiRequest) -> int | None:
    """The id of the saved view with which the caller's desk begins."""
    which = desk_opens_with(request.viewer)
    return which.saved.pk if which and which.saved else None


def _shown(request: ApiRequest, stored: SavedView) -> SavedViewOut:
    return shown(stored, opens_desk=_opening(request) == stored.pk)


def _answer(request: ApiRequest, stored: SavedView, *, status: int = 200) -> HttpResponse:
    headers = {"ETag": etag_of(stored.version)}
    if status == 201:
        headers["Location"] = f"/api/v1/views/{stored.pk}"
    return answer(_shown(request, stored), status=status, headers=headers)
