"""The desk's side of undoing: the button of a toast."""

from django.http import HttpResponse
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
    return desk.attempt(request, number, lambda: take_back(case, by=viewer, event_id=event), _("Undone."))
