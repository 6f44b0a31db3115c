"""Where people go to sign in, and back."""

from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from caseway.accounts.requests import ViewerRequest
from caseway.core.http.pages import error_page, written_in


def to_sign_in(request: ViewerRequest) -> HttpResponse:
    """Send somebody to the sign-in page, and back to this page afterwards.

    A fragment asked for by htmx sends the whole page, and back to the page that asked. Whoever sent
    a form sees what they wrote first: the session ran out, and there is nobody to keep it for. A script
    that sent it knows by the header `X-Sign-In`.
    """
    address = sign_in_address(_page_of(request))
    if request.method == "POST" and not getattr(request, "htmx", False) and (written := written_in(request)):
        title = _("You have been signed out")
        message = _("Your form was not sent. Sign in, open its page again and paste what you wrote.")
        page = error_page(
            request, 403, title, message, written=written, way_on=address, way_words=_("Sign in")
        )
        page.headers["X-Sign-In"] = address
        return page
    return go(request, address)


def sign_in_address(back_to: str | None = None) -> str:
    """The sign-in page, leading to the path `back_to` afterwards."""
    address = reverse("account_login")
    return f"{address}?{urlencode({'next': back_to})}" if back_to else address


def go(request: ViewerRequest, address: str) -> HttpResponse:
    """A redirect of the whole page, whether the browser or htmx asked."""
    if getattr(request, "htmx", False):
        return HttpResponseClientRedirect(address)
    return HttpResponseRedirect(address)


def _page_of(request: ViewerRequest) -> str | None:
    """The path to come back to: never one that was posted to, and never of another site."""
    if getattr(request, "htmx", False):
        return request.htmx.current_url_abs_path
    return request.get_full_path() if request.method in ("GET", "HEAD") else None
