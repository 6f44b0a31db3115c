"""The desk's side of undoing: the button of a toast."""

from urllib.parse import urlsplit

from django.http import HttpResponse
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from caseway.accounts.access import desk_page
from caseway.accounts.requests import ViewerRequest
from caseway.cases import desk

from .actions import undo as take_back


@desk_page
@require_POST
def undo(request: ViewerRequest, number: str, event: int) -> HttpResponse:
    """Undo what the viewer has just done; where something has happened since, say so."""
    case, viewer = desk.load(request, number).case, request.viewer
    return desk.attempt(
        request,
        number,
        lambda: take_back(case, by=viewer, event_id=event),
        _("Undone."),
        back=_back(request, number),
    )


def _back(request: ViewerRequest, number: str) -> str:
    """The other page of this case that the deed was done on, if the address names one; nothing else."""
    parts = urlsplit(request.GET.get("back", ""))
    try:
        found = resolve(parts.path)
    except Resolver404:
        return ""
    if found.view_name != "desk:customer_case" or found.kwargs["number"] != number:
        return ""
    return reverse(found.view_name, kwargs=found.kwargs) + (f"?{parts.query}" if parts.query else "")
