"""The page behind the link, and the one click of mail programs."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from caseway.accounts.access import public_page
from caseway.accounts.requests import ViewerRequest
from caseway.core.errors import NotFound
from caseway.notifications.models import Kind

from .actions import obey, participant_named, take_back
from .links import DIGEST, Stop, stop_named

AGAIN = "again"


@csrf_exempt  # a mail program posts it, without page and cookie (RFC 8058); the signature is what counts
@require_http_methods(["GET", "HEAD", "POST"])
@public_page
def stop(request: ViewerRequest, token: str) -> HttpResponse:
    """Ask, and on POST do it. Opening the link alone does nothing: programs open links by themselves.

    Raises NotFound for a link that isn't ours.
    """
    found = stop_named(token)
    if found is None:
        raise NotFound
    if found.whose == "participant":
        return _of_participant(request, found)
    if request.method == "POST":
        obey(found)
    context = {"words": _words(found), "is_done": request.method == "POST"}
    return render(request, "notifications/stopping/stop.html", context)


def _of_participant(request: ViewerRequest, found: Stop) -> HttpResponse:
    """Of which case the mails are, whether they come, and a way back. Nothing of what is in the case."""
    if request.method == "POST":
        act = take_back if request.POST.get("do") == AGAIN else obey
        act(found)
    participant = participant_named(found)
    case = participant.case
    context = {
        "number": case.number,
        "house": case.brand.name if case.brand else case.host.name,
        "is_mailed": participant.is_subscribed,
        "is_done": request.method == "POST",
    }
    return render(request, "notifications/stopping/participant.html", context)


def _words(stop: Stop) -> str:
    """What would stop; nothing of whose it is."""
    if stop.what == DIGEST:
        return _("You will get no daily digest any more.")
    words = _("You will get no e-mail at once any more of: %(kind)s.")
    return words % {"kind": Kind(stop.what).label}
