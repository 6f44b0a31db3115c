"""The switch of the list of keys."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from caseway.accounts.access import desk_page
from caseway.accounts.requests import ViewerRequest, signed_in

from .actions import use_single_keys


@desk_page
@require_POST
def single_keys(request: ViewerRequest) -> HttpResponse:
    """Turn one's own single keys on (`single_keys`) or off."""
    use_single_keys(signed_in(request), on="single_keys" in request.POST)
    if request.htmx:
        return HttpResponse(status=204)
    messages.success(request, _("Saved."))
    return redirect("desk:keys")
