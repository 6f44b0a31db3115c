"""Who of those who take part is mailed, at the desk."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from caseway.accounts.access import desk_page
from caseway.accounts.requests import ViewerRequest
from caseway.cases import desk
from caseway.cases.access.rules import Operation
from caseway.cases.conversation.queries import participants_of

from .forms import SubscriptionsForm
from .queries import ended_themselves


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def subscriptions(request: ViewerRequest, number: str) -> HttpResponse:
    """End the e-mails to somebody who takes part, or start them again."""
    side, viewer = desk.load(request, number), request.viewer
    there = participants_of(side.case, viewer)
    form = SubscriptionsForm(desk.sent(request), viewer=viewer, side=side, there=there)
    if desk.submitted(request, form, form.apply):
        return desk.done(request, number, _("Who is mailed is changed."))
    found = {"there": there, "ended_themselves": ended_themselves(side.case, viewer, there)}
    template = "cases/subscribing/subscriptions.html"
    return desk.ask(request, side, form, template, Operation.SUBSCRIPTIONS, **found)
