"""The desk's side of how somebody likes their lists."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from caseway.accounts.access import desk_page
from caseway.accounts.requests import ViewerRequest

from .actions import keep_previews


@desk_page
@require_POST
def previews(request: ViewerRequest) -> HttpResponse:
    """Open cases beside the list first, or no longer."""
    keep_previews(request.viewer, first=request.POST.get("first") == "1")
    if request.htmx:
        return HttpResponse(status=204)
    return redirect(f"{reverse('desk:cases')}?{request.GET.urlencode()}")
