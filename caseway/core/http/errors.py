"""Errors of the domain become pages here, and nowhere else."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from caseway.core.errors import DomainError, TooMany
from caseway.core.http.pages import error_page, not_found


class DomainErrorMiddleware:
    """Innermost: whatever error of the domain a view lets through is shown with its own words."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer `request`. No address has a NUL in it: no database would take it as anything's name."""
        return not_found(request) if "\0" in request.path else self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        """The page of a domain error; None leaves any other to the page with a reference."""
        if not isinstance(error, DomainError):
            return None
        response = error_page(request, error.status, error.title, error.message)
        if isinstance(error, TooMany):
            response.headers["Retry-After"] = str(error.retry_after)
        return response
