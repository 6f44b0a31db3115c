"""Blocked senders at the desk: the list, adding one, letting one in again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from caseway.accounts.access import desk_page
from caseway.accounts.permissions import Permission
from caseway.accounts.requests import ViewerRequest
from caseway.core.errors import Invalid

from .actions import block, unblock
from .queries import blocked_by_us, blocked_sender_visible_to


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(permission=Permission.SETTINGS)
def blocked_senders(request: ViewerRequest) -> HttpResponse:
    """Who is blocked; a form adds an address or a domain."""
    if request.method != "POST":
        return _page(request)
    typed = request.POST.get("pattern", "")
    try:
        blocked = block(typed, by=request.viewer)
    except Invalid as refused:
        return _page(request, typed=typed, error=refused.errors.get("pattern", ""), status=422)
    messages.success(request, _("Mails of %(sender)s are ignored from now on.") % {"sender": blocked.pattern})
    return redirect("desk:blocked_senders")


@require_POST
@desk_page
def unblocking(request: ViewerRequest, key: int) -> HttpResponse:
    """Take mails of a sender again."""
    blocked = blocked_sender_visible_to(request.viewer, key)
    unblock(blocked, by=request.viewer)
    messages.success(request, _("Mails of %(sender)s come in again.") % {"sender": blocked.pattern})
    return redirect("desk:blocked_senders")


def _page(request: ViewerRequest, *, typed: str = "", error: object = "", status: int = 200) -> HttpResponse:
    context = {"blocked": blocked_by_us(request.viewer), "typed": typed, "error": error}
    return render(request, "mail/blocking/list.html", context, status=status)
