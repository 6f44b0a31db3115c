"""A given password opens one door: to choose one's own."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse

from caseway.accounts.models import Person
from caseway.accounts.requests import ViewerRequest

from .redirects import go

OPEN = frozenset(
    {"account_change_password", "account_logout", "ui:brand", "brand_logo", "health-live", "health-ready"}
)
"""The only pages that somebody with a given password gets."""


class GivenPasswordMiddleware:
    """Sends somebody who must change their password to the page that does it, whatever they ask for."""

    def __init__(self, get_response: Callable[[ViewerRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: ViewerRequest) -> HttpResponse:
        """Answer `request`."""
        return self.get_response(request)

    def process_view(self, request: ViewerRequest, *_args: Any) -> HttpResponseBase | None:
        """Decide once the address is known."""
        person = request.user
        if not isinstance(person, Person) or not person.must_change_password:
            return None
        if request.resolver_match and request.resolver_match.view_name in OPEN:
            return None
        return go(request, reverse("account_change_password"))
