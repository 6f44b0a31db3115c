"""One's choices, at the desk."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from caseway.accounts.access import desk_page
from caseway.accounts.models import Membership
from caseway.accounts.reader import zone_of
from caseway.accounts.requests import ViewerRequest

from .actions import choose
from .choices import chosen_by
from .forms import WAYS, ChoicesForm, initial_of


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def choices(request: ViewerRequest) -> HttpResponse:
    """Of what I am told, and how."""
    viewer = request.viewer
    seats = Membership.objects.select_related("notice_choices")
    seat = seats.get(person=viewer.me, organisation=viewer.us)
    form = ChoicesForm(request.POST or None, initial=initial_of(chosen_by(seat)))
    if form.is_valid():
        choose(form.chosen, by=viewer)
        messages.success(request, _("Saved."))
        return redirect("desk:notice_choices")
    context = {"form": form, "ways": WAYS.values(), "my_zone": zone_of(viewer).key}
    status = 422 if form.is_bound else 200
    return render(request, "notifications/choosing/choices.html", context, status=status)
