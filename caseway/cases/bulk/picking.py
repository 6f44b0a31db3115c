"""Finding the colleague or the case that a bulk operation is told."""

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render

from caseway.accounts.requests import ViewerRequest
from caseway.accounts.viewer import Viewer
from caseway.cases import desk
from caseway.cases.models import Bulk, Side
from caseway.cases.ownership.desk import colleagues
from caseway.cases.search.queries import matching
from caseway.cases.status import ACTIVE

from .choosing import Choice

MOST = 8


def found_for(request: ViewerRequest, name: str, choice: Choice) -> dict[str, object]:
    """What the picker of an operation shows: colleagues, or for a merge first the chosen cases."""
    if name == Bulk.Operation.ASSIGN:
        return {"colleagues": colleagues(request, "owner"), "query": desk.searched(request, "owner")}
    if name == Bulk.Operation.MERGE:
        typed = desk.searched(request, "into")
        return {"found": _survivors(request.viewer, typed, choice), "query": typed}
    return {}


def results(request: ViewerRequest, name: str) -> HttpResponse | None:
    """What was found for what is typed into the picker; None where nothing of the kind was asked."""
    if not request.htmx or not str(request.htmx.target).endswith("-results"):
        return None
    if name == Bulk.Operation.ASSIGN:
        found = {"colleagues": colleagues(request, "owner"), "name": "owner", "chosen": ""}
        return render(request, "cases/ownership/colleagues.html", found)
    typed = desk.searched(request, "into")
    cases: dict[str, object] = {"found": _survivors(request.viewer, typed), "query": typed}
    return render(request, "cases/linking/found.html", cases | {"name": "into", "chosen": ""})


def _survivors(viewer: Viewer, typed: str, choice: Choice | None = None) -> list[Side]:
    """Active cases that fit what was typed; before that, the first of the chosen ones."""
    rows: QuerySet[Side] = Side.objects.visible_to(viewer)
    if typed.strip():
        rows = matching(rows, typed, viewer)
    elif choice is not None:
        rows = choice.sides(viewer)
    else:
        return []
    active = rows.filter(status__in=sorted(ACTIVE))
    return list(active.select_related("case__contact", "case__account").order_by("created_at", "pk")[:MOST])
