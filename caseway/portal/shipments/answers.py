"""Answering "where is my order" before a case is made of it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from caseway.accounts.access import portal_page
from caseway.accounts.requests import ViewerRequest
from caseway.cases.drafting.actions import set_aside
from caseway.cases.drafting.queries import as_uuid
from caseway.core.errors import TooMany
from caseway.core.limits import count, seconds_left
from caseway.core.text import clean, clean_line
from caseway.shipments.answering import record_shown, record_solved
from caseway.shipments.answers import answers_for

A_MINUTE = 60
MOST_A_MINUTE = 120


@require_POST
@portal_page
def answers(request: ViewerRequest, kind: str) -> HttpResponse:
    """Where the shipment is that was `chosen`, or those are that the `written` subject and text name.

    Raises TooMany for whoever asks more often than anybody types.
    """
    _throttle(request)
    viewer, chosen = request.viewer, clean_line(request.POST.get("shipment", ""))
    written = [clean(request.POST.get(name, "")) for name in ("subject", "description")]
    found = answers_for(viewer, chosen=chosen, text="\n".join(written) if kind == "written" else "")
    record_shown(found.shipments, to=viewer)
    context = {"statuses": found.written if kind == "written" else found.chosen, "slips": found.slips}
    return render(request, "portal/shipments/answers.html", context)


@require_POST
@portal_page
def answered(request: ViewerRequest) -> HttpResponse:
    """The status of a shipment answers the question: no case is made, and its draft is set aside."""
    shipment = record_solved(clean_line(request.POST.get("solved", "")), by=request.viewer)
    if key := as_uuid(request.POST.get("draft", "")):
        set_aside(key, by=request.viewer)
    messages.success(request, _("Good to hear. No case was made."))
    return redirect("portal:shipment", shipment.number)


def _throttle(request: ViewerRequest) -> None:
    key = f"answers {request.viewer.contact_id}"
    if count(key, A_MINUTE) > MOST_A_MINUTE:
        raise TooMany(_("That was very often. Please wait a minute."), retry_after=seconds_left(key))
