"""The page that the link of an invitation opens."""

from functools import partial

from allauth.account.utils import perform_login
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from caseway.accounts.access import public_page
from caseway.accounts.models import Person
from caseway.accounts.requests import ViewerRequest, signed_in
from caseway.accounts.sign_in.redirects import sign_in_address
from caseway.core.errors import Conflict, NotFound
from caseway.customers.models import Invitation

from .joining import invitation_of, join, join_with_password
from .newcomers import joined_by_form


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("password1", "password2")
@public_page
def invitation(request: ViewerRequest, key: str) -> HttpResponse:
    """Join: with a new password, with the sign-in that one has, or told why not."""
    try:
        found = invitation_of(key)
    except NotFound:
        return render(request, "customers/invitations/dead.html", status=404)
    person = request.user if isinstance(request.user, Person) else None
    if person is not None and person.email != found.email:
        return _show(request, found, "somebody_else.html", status=200 if request.method == "GET" else 409)
    if person is not None:
        return _join(request, found, key)
    if Person.objects.filter(email=found.email).exists():
        return _show(request, found, "sign_in.html", {"sign_in": sign_in_address(request.path)})
    return _join_anew(request, found, key)


def _join(request: ViewerRequest, found: Invitation, key: str) -> HttpResponse:
    """Somebody who is signed in as the one who was invited."""
    if request.method != "POST":
        return _show(request, found, "join.html")
    try:
        join(key, person=signed_in(request))
    except Conflict as conflict:
        return _show(request, found, "join.html", {"refusal": conflict.message}, status=409)
    messages.success(request, _("You have joined %(account)s.") % {"account": found.account})
    return redirect("portal:home")


def _join_anew(request: ViewerRequest, found: Invitation, key: str) -> HttpResponse:
    """Somebody who has no sign-in yet."""
    posted = request.POST if request.method == "POST" else None
    form, person = joined_by_form(posted, found.name, partial(join_with_password, key))
    if person is not None:
        messages.success(request, _("Welcome to %(account)s.") % {"account": found.account})
        signed_in_now: HttpResponse = perform_login(
            request, person, email_verification="none", redirect_url="/"
        )
        return signed_in_now
    return _show(request, found, "new.html", {"form": form}, status=422 if form.errors else 200)


def _show(
    request: ViewerRequest,
    found: Invitation,
    template: str,
    more: dict[str, object] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {"invitation": found, "house": str(found.brand or found.organisation), "refusal": ""}
    return render(request, f"customers/invitations/{template}", context | (more or {}), status=status)
