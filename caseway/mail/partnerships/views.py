"""The page that the link of a partner's invitation opens."""

from functools import partial

from allauth.account.utils import perform_login
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from caseway.accounts.access import public_page
from caseway.accounts.models import PartnerInvitation, Person
from caseway.accounts.requests import ViewerRequest
from caseway.accounts.seats import CHOSEN_DESK
from caseway.accounts.sign_in.redirects import sign_in_address
from caseway.core.errors import NotFound
from caseway.customers.invitations.newcomers import joined_by_form

from .joining import invitation_of, join, join_with_password


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("password1", "password2")
@public_page
def partner_invitation(request: ViewerRequest, key: str) -> HttpResponse:
    """Take the desk: with a new password, with the sign-in that one has, or told why not."""
    try:
        found = invitation_of(key)
        person = request.user if isinstance(request.user, Person) else None
        if person is not None and person.email != found.email:
            return _show(request, found, "somebody_else", status=200 if request.method == "GET" else 409)
        if person is not None:
            return _join(request, found, key, person)
        if Person.objects.filter(email=found.email).exists():
            return _show(request, found, "sign_in", {"sign_in": sign_in_address(request.path)})
        return _join_anew(request, found, key)
    except NotFound:
        return render(request, "customers/invitations/dead.html", status=404)


def _join(request: ViewerRequest, found: PartnerInvitation, key: str, person: Person) -> HttpResponse:
    """Somebody who is signed in as the one who was invited."""
    if request.method != "POST":
        return _show(request, found, "join")
    seat = join(key, person=person)
    request.session[CHOSEN_DESK] = seat.organisation_id
    return redirect("desk:home")


def _join_anew(request: ViewerRequest, found: PartnerInvitation, key: str) -> HttpResponse:
    """Somebody who has no sign-in yet."""
    posted = request.POST if request.method == "POST" else None
    form, person = joined_by_form(posted, found.name, partial(join_with_password, key))
    if person is not None:
        answer: HttpResponse = perform_login(
            request, person, email_verification="none", redirect_url="/desk/"
        )
        return answer
    return _show(request, found, "new", {"form": form}, status=422 if form.errors else 200)


def _show(
    request: ViewerRequest,
    found: PartnerInvitation,
    way: str,
    more: dict[str, object] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """`way` is what the page asks for: new, join, sign_in or somebody_else."""
    inviter = found.partnership.partner_of(found.organisation_id)
    context = {"invitation": found, "inviter": inviter, "way": way, "form": None, "sign_in": ""}
    return render(request, "mail/partnerships/joining.html", context | (more or {}), status=status)
