"""The home of the settings, and the log of what was changed."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from caseway.accounts.access import desk_page
from caseway.accounts.auditing.queries import log_page
from caseway.accounts.models import Membership
from caseway.accounts.permissions import Permission
from caseway.accounts.requests import ViewerRequest
from caseway.core.text import clean_line

from .log import told
from .places import groups_for
from .wording import TOPICS


@require_safe
@desk_page
def home(request: ViewerRequest) -> HttpResponse:
    """Every page of the settings that the viewer may open; `?q=` leaves those that fit."""
    words = clean_line(request.GET.get("q", ""), 100)
    context = {"groups": groups_for(request.viewer, words), "words": words}
    return render(request, "desk/settings/home.html", context)


@require_safe
@desk_page(permission=Permission.SETTINGS)
def audit_log(request: ViewerRequest) -> HttpResponse:
    """Who changed what, when, old and new; `?person=` and `?topic=` narrow it."""
    viewer, asked = request.viewer, request.GET.get("person", "")
    person = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 19 else None
    topic = request.GET.get("topic", "")[:60].replace("\0", "")
    page = log_page(viewer, person=person, topic=topic, cursor=request.GET.get("cursor"))
    seats = Membership.objects.filter(organisation=viewer.us).select_related("person")
    context = {
        "page": page,
        "rows": told(page.items, viewer),
        "people": [(seat.person_id, seat.shown_name) for seat in seats.order_by("person__name")],
        "topics": [(key, str(name)) for key, name in TOPICS.items()],
        "person": person,
        "topic": topic,
        "query": urlencode({"person": person or "", "topic": topic}),
    }
    return render(request, "desk/settings/log.html", context)
