"""The page on which somebody who signs in elsewhere accepts a seat."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from caseway.accounts.access import signed_in_page
from caseway.accounts.models import Person
from caseway.accounts.requests import ViewerRequest
from caseway.accounts.seats import CHOSEN_DESK, invitations_to
from caseway.core.errors import NotFound

from .inviting import accept


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_page
def desk_invitation(request: ViewerRequest, key: int) -> HttpResponse:
    """The seat that one was invited to, to take; anybody else's is not there."""
    person = request.user
    if not isinstance(person, Person):
        raise NotFound
    if request.method == "POST":
        seat = accept(key, by=person)
        request.session[CHOSEN_DESK] = seat.organisation_id
        return redirect("desk:home")
    found = invitations_to(person).filter(pk=key).first()
    if found is None:
        raise NotFound
    return render(request, "customers/staff/accept.html", {"seat": found})
