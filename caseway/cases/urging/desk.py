"""Urging an owner, from the desk."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from caseway.accounts.access import desk_page
from caseway.accounts.requests import ViewerRequest
from caseway.cases import desk
from caseway.cases.access.rules import Operation

from .actions import urge as send_reminder
from .forms import UrgeForm


@desk_page
def urge(request: ViewerRequest, number: str) -> HttpResponse:
    """Ask the owner to hurry, and where there are two ways ask first which; one is gone at once."""
    side, viewer = desk.load(request, number), request.viewer
    words = _("The owner is reminded.")
    if request.method == "POST" and "way" not in request.POST:
        return desk.attempt(request, number, lambda: send_reminder(side.case, by=viewer), words)
    form = UrgeForm(desk.sent(request), viewer=viewer, side=side)
    if desk.submitted(request, form, lambda given: send_reminder(side.case, by=viewer, **given)):
        return desk.done(request, number, words)
    return desk.ask(request, side, form, "cases/urging/urge.html", Operation.URGE)
