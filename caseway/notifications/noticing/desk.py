"""The page of one's notifications."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from caseway.accounts.access import desk_page
from caseway.accounts.requests import ViewerRequest
from caseway.core.clock import now
from caseway.core.errors import Invalid

from .actions import read, read_all
from .queries import notice_visible_to, notices_of
from .said import told


@require_safe
@desk_page
def notices(request: ViewerRequest) -> HttpResponse:
    """What the viewer was told, newest first; `?show=unread` leaves what they haven't read."""
    unread_only = request.GET.get("show") == "unread"
    try:
        page = notices_of(request.viewer, unread_only=unread_only, cursor=request.GET.get("cursor"))
    except Invalid:
        page = notices_of(request.viewer, unread_only=unread_only, cursor=None)
    rows = told(page.items, request.viewer)
    context = {"page": page, "rows": rows, "unread_only": unread_only, "until": now().isoformat()}
    return render(request, "notifications/noticing/list.html", context)


@require_POST
@desk_page
def opening(request: ViewerRequest, key: int) -> HttpResponse:
    """Read one, and go to what it is about: the message, if it is one."""
    notice = notice_visible_to(request.viewer, key)
    read(notice, by=request.viewer)
    place = f"#message-{notice.message_id}" if notice.message_id else ""
    return redirect(reverse("desk:case", args=[notice.case.number]) + place)


@require_POST
@desk_page
def reading(request: ViewerRequest) -> HttpResponse:
    """Mark all as read that stood on the page, or below it."""
    count = read_all(by=request.viewer, until=_until(request.POST.get("until", "")))
    words = ngettext("%(num)s notification is read.", "%(num)s notifications are read.", count)
    messages.success(request, words % {"num": count})
    return redirect("desk:notices")


def _until(given: str) -> datetime:
    try:
        moment = parse_datetime(given)
    except ValueError:
        moment = None
    return moment if moment is not None and moment.tzinfo is not None else now()
