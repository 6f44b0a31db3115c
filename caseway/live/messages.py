"""What an operation left to be told waits for the page that its reader opens.

A page that is fetched to be merged into an open one (`freshness.js`) shows none of it; without
this it would use it up.
"""

from collections.abc import Callable

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse

HEADER = "X-Caseway-Live"


class KeepsMessages:
    """Stands inside of Django's MessageMiddleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer `request`; what it would have told stays to be told."""
        response = self.get_response(request)
        if HEADER in request.headers:
            get_messages(request).used = False  # type: ignore[union-attr]
        return response
