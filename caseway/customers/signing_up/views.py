"""The page on which somebody asks to join."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from caseway.accounts.access import public_page
from caseway.accounts.requests import ViewerRequest
from caseway.accounts.sign_in.lockout import network_of
from caseway.core.errors import Invalid, TooMany
from caseway.core.http.clients import client_address

from .actions import ask_to_join
from .forms import SignUpForm


@require_http_methods(["GET", "HEAD", "POST"])
@public_page
def sign_up(request: ViewerRequest) -> HttpResponse:
    """Ask to join; the same answer whether or not the address, or its domain, is known."""
    form = SignUpForm(request.POST if request.method == "POST" else None)
    status, wait = 200, 0
    if request.method == "POST" and form.is_valid():
        try:
            _ask(request, form)
        except Invalid as invalid:
            for field, message in invalid.errors.items():
                form.add_error(field, message)
        except TooMany as error:
            form.add_error(None, error.message)
            status, wait = 429, error.retry_after
        else:
            return redirect("sign_up_done")
    if form.errors and status == 200:
        status = 422
    response = render(request, "customers/signing_up/sign_up.html", {"form": form}, status=status)
    if wait:
        response.headers["Retry-After"] = str(wait)
    return response


@require_safe
@public_page
def sign_up_done(request: ViewerRequest) -> HttpResponse:
    """What happens next, if anything."""
    return render(request, "customers/signing_up/done.html")


def _ask(request: ViewerRequest, form: SignUpForm) -> None:
    ask_to_join(
        form.cleaned_data["name"],
        form.cleaned_data["email"],
        organisation=request.brand.organisation if request.brand else None,
        client=network_of(client_address(request)),
        language=get_language() or "en",
    )
