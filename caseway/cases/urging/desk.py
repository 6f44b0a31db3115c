"""Urging an owner, from the desk."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from caseway.accounts.access import desk_page
from caseway.accounts.requests import ViewerRequest
from caseway.cases import desk

from .actions import urge as send_reminder


@desk_page
@require_POST
def urge(request: ViewerRequest, number: str) -> HttpResponse:
    """Ask the owner to hurry; where reminders aren't configured, say so."""
    case, viewer = desk.load(request, number).case, request.viewer
    return desk.attempt(request, number, lambda: send_reminder(case, by=viewer), _("The owner is reminded."))
