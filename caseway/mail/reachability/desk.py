"""Undeliverable addresses at the desk: the settings' list, and the way back from a message."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from caseway.accounts.access import desk_page
from caseway.accounts.permissions import Permission
from caseway.accounts.requests import ViewerRequest
from caseway.cases import desk
from caseway.mail.outbox.desk import delivery_on

from .actions import works_again, works_again_for
from .queries import address_state_visible_to, unreachable_page


@require_safe
@desk_page(permission=Permission.SETTINGS)
def unreachable_addresses(request: ViewerRequest) -> HttpResponse:
    """From which addresses mails came back, latest first."""
    page = unreachable_page(request.viewer, cursor=request.GET.get("cursor"))
    return render(request, "mail/reachability/list.html", {"page": page})


@require_POST
@desk_page
def address_works(request: ViewerRequest, key: int) -> HttpResponse:
    """Write to an address again."""
    state = address_state_visible_to(request.viewer, key)
    works_again(state, by=request.viewer)
    messages.success(request, _("%(address)s is written to again.") % {"address": state.shown_address})
    return redirect("desk:unreachable_addresses")


@require_POST
@desk_page
def address_of_delivery_works(request: ViewerRequest, number: str, key: int) -> HttpResponse:
    """Write to the address of a mail that came back, and send it again."""
    mail = delivery_on(request, number, key)
    words = _("%(address)s is written to again, this mail first.") % {"address": mail.shown_address}
    return desk.attempt(request, number, lambda: works_again_for(mail, by=request.viewer), words)
