"""The desk's side of a case's life: close, reopen, cancel, put on hold, go on."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from caseway.accounts.access import desk_page
from caseway.accounts.requests import ViewerRequest
from caseway.cases import desk
from caseway.cases.access.rules import Operation
from caseway.cases.tasks.closing import tasks_in_the_way

from . import actions as lifecycle
from .forms import CancellationForm, ClosureForm, ReopeningForm, SuspensionForm


@desk_page
def closure(request: ViewerRequest, number: str) -> HttpResponse:
    """Solve the case for everyone on it."""
    side, viewer = desk.load(request, number), request.viewer
    form = ClosureForm(desk.sent(request), viewer=viewer, side=side)
    if desk.submitted(request, form, lambda given: lifecycle.close(side.case, by=viewer, **given)):
        return desk.done(request, number, _("The case is closed."), undo=True)
    waiting = tasks_in_the_way(side.case, viewer)
    return desk.ask(
        request, side, form, "cases/lifecycle/closure.html", Operation.CLOSE, tasks_in_the_way=waiting
    )


@desk_page
def reopening(request: ViewerRequest, number: str) -> HttpResponse:
    """Take a solved case up again."""
    side, viewer = desk.load(request, number), request.viewer
    form = ReopeningForm(desk.sent(request), viewer=viewer, side=side)
    if desk.submitted(request, form, lambda given: lifecycle.reopen(side.case, by=viewer, **given)):
        return desk.done(request, number, _("The case is open again."))
    return desk.ask(request, side, form, "cases/lifecycle/reopening.html", Operation.REOPEN)


@desk_page
def cancellation(request: ViewerRequest, number: str) -> HttpResponse:
    """Call the case off."""
    side, viewer = desk.load(request, number), request.viewer
    form = CancellationForm(desk.sent(request), viewer=viewer, side=side)
    if desk.submitted(request, form, lambda given: lifecycle.cancel(side.case, by=viewer, **given)):
        return desk.done(request, number, _("The case is cancelled."))
    return desk.ask(request, side, form, "cases/lifecycle/cancellation.html", Operation.CANCEL)


@desk_page
def suspension(request: ViewerRequest, number: str) -> HttpResponse:
    """Put the case on hold, until a day if one is given."""
    side, viewer = desk.load(request, number), request.viewer
    form = SuspensionForm(desk.sent(request), viewer=viewer, side=side)
    if desk.submitted(request, form, lambda given: lifecycle.suspend(side.case, by=viewer, **given)):
        return desk.done(request, number, _("The case is on hold."), undo=True)
    return desk.ask(request, side, form, "cases/lifecycle/suspension.html", Operation.SUSPEND)


@desk_page
@require_POST
def resumption(request: ViewerRequest, number: str) -> HttpResponse:
    """Take the case off hold."""
    case, viewer = desk.load(request, number).case, request.viewer
    return desk.attempt(request, number, lambda: lifecycle.resume(case, by=viewer), _("The case goes on."))
