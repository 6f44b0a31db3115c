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

from .actions import obey
from .links import DIGEST, Stop, stop_named


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
    if request.method == "POST":
        obey(found)
    context = {
        "words": _words(found),
        "is_done": request.method == "POST",
        "is_participant": found.whose == "participant",
    }
    return render(request, "notifications/stopping/stop.html", context)


def _words(stop: Stop) -> str:
    """What would stop; nothing of whose it is."""
    if stop.whose == "participant":
        return _("You will be mailed nothing more about this case, until you write again.")
    if stop.what == DIGEST:
        return _("You will get no daily digest any more.")
    words = _("You will get no e-mail at once any more of: %(kind)s.")
    return words % {"kind": Kind(stop.what).label}
