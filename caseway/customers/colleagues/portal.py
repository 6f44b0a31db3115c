"""Colleagues, in the portal: for administrators of their own account alone."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from caseway.accounts.access import portal_page
from caseway.accounts.requests import ViewerRequest
from caseway.customers.invitations.forms import InvitationForm

from .deeds import do_to_contact, do_to_invitation, invite_from
from .queries import (
    administered_by,
    contact_of,
    invitation_to,
    invitations_of,
    last_administrator_of,
    people_of,
)


@require_http_methods(["GET", "HEAD", "POST"])
@portal_page
def colleagues(request: ViewerRequest) -> HttpResponse:
    """Who comes in, who is invited; a POST invites somebody."""
    account = administered_by(request.viewer)
    form = InvitationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and (words := invite_from(request, account, form)):
        messages.success(request, words)
        return redirect("portal:colleagues")
    context = {
        "account": account,
        "people": people_of(account, request.viewer),
        "last_administrator": last_administrator_of(account),
        "invitations": invitations_of(account, request.viewer),
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "customers/colleagues/portal.html", context, status=status)


@require_POST
@portal_page
def colleague(request: ViewerRequest, key: int) -> HttpResponse:
    """Do something to one colleague: `do` is the verb."""
    found = contact_of(administered_by(request.viewer), request.viewer, key)
    messages.success(request, do_to_contact(found, request.POST.get("do", ""), request.viewer))
    return redirect("portal:home" if found.pk == request.viewer.contact_id else "portal:colleagues")


@require_POST
@portal_page
def invitation(request: ViewerRequest, key: int) -> HttpResponse:
    """Send an invitation again, or take it back: `do` is the verb."""
    found = invitation_to(administered_by(request.viewer), request.viewer, key)
    messages.success(request, do_to_invitation(found, request.POST.get("do", ""), request.viewer))
    return redirect("portal:colleagues")
