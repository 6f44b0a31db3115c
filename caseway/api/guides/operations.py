"""`/guides`."""

from dataclasses import replace
from typing import Annotated, Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Query

from caseway.accounts.models import Brand
from caseway.api.http.answers import ListOf, answer
from caseway.api.http.ids import id_of
from caseway.api.http.lists import PAGED, Cursor, Limit, page_for
from caseway.api.http.operations import Operations
from caseway.api.http.requests import ApiRequest
from caseway.api.http.versions import etag_of, expected_versions, is_known
from caseway.api.tokens.scopes import Scope
from caseway.cases.guides import actions
from caseway.cases.guides.listing import GuideFilter
from caseway.cases.guides.queries import category_named, guide_visible_to, suggestions_for
from caseway.core.errors import Invalid, NotFound, Stale
from caseway.core.paging import Order
from caseway.guidance.actions import Written, publish, unpublish
from caseway.guidance.models import Guide

from .schemas import GuideChanges, GuideOut, GuideRow, NewGuideIn, row, whole

guides = Operations("Guides")
READ = frozenset({Scope.SETTINGS_READ, Scope.CASES_READ, Scope.CASES_WRITE})
LATEST = Order("updated_at")
Words = Annotated[str, Query(max_length=2000, description="What somebody writes")]
CategoryId = Annotated[str, Query(max_length=64, description="The id of a topic or item")]


@guides.get("/guides", scope=READ, answer=ListOf[GuideRow], query=("q", "language", "category", *PAGED))
def list_guides(
    request: ApiRequest,
    q: Annotated[str, Query(max_length=80, description="A part of the title or the text")] = "",
    language: Annotated[str, Query(max_length=12)] = "",
    category: CategoryId = "",
    limit: Limit = 50,
    cursor: Cursor = None,
) -> HttpResponse:
    """List guides, the latest change first; customers get the published ones."""
    wanted = GuideFilter.from_query({"q": q, "language": language, "topic": category})
    if (language and not wanted.language) or (category and not wanted.topic):
        return answer(ListOf[GuideRow](items=[], next=None))
    seen = Guide.objects.visible_to(request.viewer).select_related("brand").defer("words", "meaning")
    bound_to = wanted.query_string()
    page = page_for(request, wanted.narrow(seen), LATEST, limit=limit, cursor=cursor, bound_to=bound_to)
    items = [GuideRow.model_validate(row(one)) for one in page.items]
    return answer(ListOf[GuideRow](items=items, next=page.next))


@guides.get("/guides/suggestions", scope=READ, answer=ListOf[GuideRow], query=("text", "category"))
def suggest_guides(request: ApiRequest, text: Words = "", category: CategoryId = "") -> HttpResponse:
    """Suggest the three guides that may answer a text, a topic, or both.

    Nothing is counted: what a program shows is not known here.
    """
    chosen = category_named(request.viewer, category)
    found = suggestions_for(request.viewer, text=text, category=chosen)
    items = [GuideRow.model_validate(row(one)) for one in found]
    return answer(ListOf[GuideRow](items=items, next=None))


@guides.get("/guides/{key}", scope=READ, answer=GuideOut)
def read_guide(request: ApiRequest, key: str) -> HttpResponse:
    """Read a guide. For agents the ETag is its version."""
    return _answer(request, _visible(request, key))


@guides.post("/guides", scope=Scope.SETTINGS_WRITE, answer=GuideOut, status=201)
def create_guide(request: ApiRequest, body: NewGuideIn) -> HttpResponse:
    """Write a guide, as a draft. Agents who may write guides only."""
    if not request.viewer.is_agent:
        raise NotFound
    given = body.model_dump(exclude={"categories"})
    written = Written(**(given | _keys(request, given)))
    guide = actions.write(written, _category_keys(body.categories), by=request.viewer)
    return _answer(request, guide, status=201)


@guides.patch("/guides/{key}", scope=Scope.SETTINGS_WRITE, answer=GuideOut)
def change_guide(request: ApiRequest, key: str, body: GuideChanges) -> HttpResponse:
    """Change a guide; of a published one customers read the new text at once."""
    guide = _of_agents(request, key)
    expected = expected_versions(request)
    if expected is not None and guide.version not in expected:
        words = _("Somebody changed this guide meanwhile. Here is what is stored now.")
        raise Stale(words, current=whole(guide, request.viewer).model_dump(mode="json"))
    given = body.model_dump(exclude_unset=True, exclude={"categories"})
    kept = {
        name: value for name, value in given.items() if value is not None or name in ("brand", "original")
    }
    written = replace(Written.of(guide), **(kept | _keys(request, kept)))
    filed = None if body.categories is None else _category_keys(body.categories)
    changed = actions.rewrite(guide, written, filed, by=request.viewer, version=guide.version)
    return _answer(request, changed)


@guides.post("/guides/{key}/publication", scope=Scope.SETTINGS_WRITE, answer=GuideOut)
def publish_guide(request: ApiRequest, key: str) -> HttpResponse:
    """Publish a guide."""
    return _answer(request, publish(_of_agents(request, key), by=request.viewer))


@guides.delete("/guides/{key}/publication", scope=Scope.SETTINGS_WRITE, answer=GuideOut)
def unpublish_guide(request: ApiRequest, key: str) -> HttpResponse:
    """Make a guide a draft again."""
    return _answer(request, unpublish(_of_agents(request, key), by=request.viewer))


def _visible(request: ApiRequest, key: str) -> Guide:
    return guide_visible_to(request.viewer, id_of(key) or 0)


def _of_agents(request: ApiRequest, key: str) -> Guide:
    """Writing is no customer's affair: there the address leads nowhere."""
    if not request.viewer.is_agent:
        raise NotFound
    return _visible(request, key)


def _answer(request: ApiRequest, guide: Guide, *, status: int = 200) -> HttpResponse:
    viewer = request.viewer
    headers = {"ETag": etag_of(guide.version)} if viewer.is_agent else {}
    if request.method == "GET" and viewer.is_agent and is_known(request, guide.version):
        return HttpResponse(status=304, headers=headers)
    if status == 201:
        headers["Location"] = f"/api/v1/guides/{guide.pk}"
    return answer(whole(guide, viewer), status=status, headers=headers)


def _keys(request: ApiRequest, given: dict[str, Any]) -> dict[str, int | None]:
    """The brand by its slug and the original by its id, as far as they are given."""
    keys: dict[str, int | None] = {}
    if "brand" in given:
        slug, ours = given["brand"], request.viewer.us
        brand = Brand.objects.filter(organisation=ours, slug=slug).first() if slug else None
        if slug and brand is None:
            raise Invalid({"brand": _("Choose one of your brands.")})
        keys["brand"] = brand.pk if brand else None
    if "original" in given:
        # An id that can be none names no guide either.
        keys["original"] = (id_of(given["original"]) or -1) if given["original"] else None
    return keys


def _category_keys(sent: list[str]) -> list[int]:
    return [id_of(one) or -1 for one in sent]
