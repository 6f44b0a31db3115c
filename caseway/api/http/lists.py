"""Lists: `limit`, `cursor`, and the page they give."""

from typing import Annotated, TypeVar

from django.db.models import Model, QuerySet
from ninja import Query

from caseway.core.paging import Order, Page, page_of

from .requests import ApiRequest

MOST = 200
PAGED = ("limit", "cursor")
M = TypeVar("M", bound=Model)

Limit = Annotated[int, Query(ge=1, le=MOST, description="How many items a page holds")]
Cursor = Annotated[
    str | None, Query(min_length=1, max_length=1000, description="The `next` of the page before")
]


def page_for(
    request: ApiRequest, rows: QuerySet[M], order: Order, *, limit: int, cursor: str | None, bound_to: str
) -> Page[M]:
    """The page at `cursor`, which belongs to this reader, this list and its filter (`bound_to`)."""
    viewer = request.viewer
    reader = f"{viewer.organisation_id}:{viewer.person_id}:{viewer.seat.value}"
    return page_of(rows, order, limit=limit, cursor=cursor, bound_to=f"{reader}:{request.path}:{bound_to}")
