"""The desk's side of splitting messages into a new case, and of taking it back."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from caseway.accounts.access import desk_page
from caseway.accounts.requests import ViewerRequest
from caseway.cases import desk
from caseway.cases.access.rules import Operation
from caseway.cases.models import Case

from . import actions as splitting
from .forms import SplitForm


@desk_page
def split(request: ViewerRequest, number: str) -> HttpResponse:
    """Make a case of one or more messages."""
    side, viewer = desk.load(request, number), request.viewer
    form = SplitForm(desk.sent(request), viewer=viewer, side=side, chosen=request.GET.get("message", ""))
    made: list[Case] = []

    def act(given: dict[str, Any]) -> None:
        made.append(splitting.split(side.case, by=viewer, messages=given["messages"], new=form.wanted()))

    if desk.submitted(request, form, act):
        return desk.done(request, number, _("Split into %(case)s.") % {"case": made[0]}, undo=True)
    return desk.ask(request, side, form, "cases/splitting/split.html", Operation.SPLIT)


@desk_page
@require_POST
def split_removal(request: ViewerRequest, number: str) -> HttpResponse:
    """Take the split back that made this case."""
    case, viewer = desk.load(request, number).case, request.viewer
    return desk.attempt(
        request, number, lambda: splitting.take_back(case, by=viewer), _("The split is taken back.")
    )
