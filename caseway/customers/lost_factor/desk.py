"""Who at our desk has a second factor, and resetting a lost one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from caseway.accounts.access import desk_page
from caseway.accounts.models import Membership
from caseway.accounts.permissions import Permission
from caseway.accounts.requests import ViewerRequest
from caseway.accounts.second_factor.queries import with_second_factor
from caseway.core.errors import NotFound

from .actions import reset_lost_factor


@require_safe
@desk_page(permission=Permission.PEOPLE)
def protection(request: ViewerRequest) -> HttpResponse:
    """The people of our desk, and whether each signs in with a second factor."""
    seats = Membership.objects.filter(organisation=request.viewer.us, is_active=True)
    seats = seats.select_related("person", "role").order_by("person__name", "pk")
    protected = with_second_factor(seat.person_id for seat in seats)
    context = {"seats": seats, "protected": protected, "policy": request.viewer.policy.second_factor}
    return render(request, "customers/lost_factor/people.html", context)


@require_POST
@desk_page
def reset(request: ViewerRequest, key: int) -> HttpResponse:
    """Take the second factor from one of our people (the key is their seat's)."""
    seats = Membership.objects.filter(organisation=request.viewer.us, is_active=True, pk=key)
    seat = seats.select_related("person").first()
    if seat is None:
        raise NotFound
    reset_lost_factor(seat.person, by=request.viewer)
    messages.success(request, _("%(name)s signs in with their password alone now.") % {"name": seat.person})
    return redirect("desk:protection")
