"""The home of the settings."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from caseway.accounts.access import desk_page
from caseway.accounts.requests import ViewerRequest
from caseway.core.text import clean_line

from .places import groups_for


@require_safe
@desk_page
def home(request: ViewerRequest) -> HttpResponse:
    """Every page of the settings that the viewer may open; `?q=` leaves those that fit."""
    words = clean_line(request.GET.get("q", ""), 100)
    context = {"groups": groups_for(request.viewer, words), "words": words}
    return render(request, "desk/settings/home.html", context)
