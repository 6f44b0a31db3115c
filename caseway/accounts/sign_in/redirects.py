"""Where people go to sign in, and back."""

from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from caseway.accounts.requests import ViewerRequest


def to_sign_in(request: ViewerRequest) -> HttpResponse:
    """Send somebody to the sign-in page, and back to this page afterwards.

    A fragment asked for by htmx sends the whole page, and back to the page that asked.
    """
    return go(request, sign_in_address(_page_of(request)))


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
