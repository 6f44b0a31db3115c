"""The people of the desk: the list, inviting, and one person with what can be done to them."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from caseway.accounts.access import desk_page
from caseway.accounts.changing import demand
from caseway.accounts.models import Membership
from caseway.accounts.permissions import Permission
from caseway.accounts.requests import ViewerRequest
from caseway.accounts.second_factor.queries import has_second_factor
from caseway.core.errors import Conflict, Invalid, NotAllowed, Stale
from caseway.core.http.forms import show_again
from caseway.core.text import clean_line

from . import actions, inviting
from .forms import InviteForm, SeatForm
from .queries import is_ours_alone, people_page, seat_at, version_of

FORM_METHODS = ["GET", "HEAD", "POST"]
DEEDS = {
    "off": (actions.switch_off, gettext_lazy("%(name)s comes to the desk no more.")),
    "on": (actions.switch_on, gettext_lazy("%(name)s comes in again.")),
    "end-sessions": (actions.end_sessions, gettext_lazy("%(name)s is signed out everywhere.")),
    "take-back": (inviting.take_back, gettext_lazy("The invitation for %(name)s is taken back.")),
    "again": (inviting.invite_again, gettext_lazy("The invitation for %(name)s is on its way again.")),
}


@require_safe
@desk_page(permission=Permission.PEOPLE)
def people(request: ViewerRequest) -> HttpResponse:
    """Everybody with a seat, by name; `?q=` finds names and addresses."""
    words = clean_line(request.GET.get("q", ""), 100)
    page = people_page(request.viewer, words, request.GET.get("cursor"))
    return render(request, "customers/staff/people.html", {"page": page, "words": words})


@require_http_methods(FORM_METHODS)
@desk_page(permission=Permission.PEOPLE)
def new_person(request: ViewerRequest) -> HttpResponse:
    """Invite somebody."""
    form = InviteForm(request.POST if request.method == "POST" else None, viewer=request.viewer)
    if not form.is_bound:
        return _invite_page(request, form)
    if not form.is_valid():
        return _invite_page(request, form, status=422)
    try:
        seat = inviting.invite(form.invitee, by=request.viewer)
    except Invalid as invalid:
        form.take(invalid)
        return _invite_page(request, form, status=422)
    except NotAllowed as refused:
        form.add_error(None, refused.message)
        return _invite_page(request, form, status=403)
    messages.success(request, _("An invitation for %(name)s is on its way.") % {"name": seat.shown_name})
    return redirect("desk:people")


@require_http_methods(FORM_METHODS)
@desk_page
def person(request: ViewerRequest, key: int) -> HttpResponse:
    """One person: their role and teams, to change."""
    seat = _open(request, key)
    written = request.POST if request.method == "POST" else None
    form = SeatForm(written, viewer=request.viewer, seat=seat)
    if written is None:
        return _page(request, seat, form)
    if not form.is_valid():
        return _page(request, seat, form, status=422)
    try:
        version = form.cleaned_data["version"] or 0
        actions.change(seat, form.place, by=request.viewer, version=version)
    except (Invalid, Conflict, NotAllowed) as refused:
        return show_again(form, refused, partial(_page, request, seat, form))
    messages.success(request, _("%(name)s is saved. It holds at once.") % {"name": seat.shown_name})
    return redirect("desk:people")


@require_POST
@desk_page
def person_state(request: ViewerRequest, key: int) -> HttpResponse:
    """Switch somebody off or on, end their sessions, send the invitation again (`do=`)."""
    seat = _open(request, key)
    name = seat.shown_name
    deed, words = DEEDS.get(request.POST.get("do", ""), DEEDS["on"])
    try:
        deed(seat, by=request.viewer)
    except (Conflict, NotAllowed) as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, words % {"name": name})
        if request.POST.get("do") == "take-back":
            return redirect("desk:people")
    return redirect("desk:person", key)


def _open(request: ViewerRequest, key: int) -> Membership:
    seat = seat_at(request.viewer, key)
    demand(request.viewer, Permission.PEOPLE)
    return seat


def _invite_page(request: ViewerRequest, form: InviteForm, *, status: int = 200) -> HttpResponse:
    return render(request, "customers/staff/invite.html", {"form": form}, status=status)


def _page(
    request: ViewerRequest,
    seat: Membership,
    form: SeatForm,
    *,
    status: int = 200,
    stale: Stale | None = None,
) -> HttpResponse:
    """The person. Of somebody who has not come yet nothing is told but what was typed of them."""
    waited = seat.is_waiting
    context = {
        "seat": seat,
        "form": form,
        "stale": stale,
        "waited": waited,
        "is_me": seat.person_id == request.viewer.person_id,
        "may_end": not waited and is_ours_alone(seat.person, request.viewer.us),
        "protected": not waited and has_second_factor(seat.person),
        "version": version_of(seat_at(request.viewer, seat.pk)) if stale else form["version"].value(),
    }
    return render(request, "customers/staff/person.html", context, status=status)
