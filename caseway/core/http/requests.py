"""One line of log and one measurement for each request, and a reference that ties them together."""

import re
import secrets
import time
from collections.abc import Callable

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from caseway.core.metrics.requests import observe

log = structlog.get_logger("caseway.request")
_FROM_PROXY = re.compile(r"[A-Za-z0-9_.-]{8,64}")
_QUIET = ("/health/", "/metrics", "/static/")


def reference_of(request: HttpRequest) -> str:
    """The reference of a request: shown on error pages, bound to its lines of log."""
    return str(request.META.get("caseway.reference", "-"))


class RequestMiddleware:
    """Outermost: gives the request its reference, times it, logs it.

    Only the route is logged, never the path or the query: they may hold tokens and addresses.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer `request`."""
        reference = _reference(request)
        request.META["caseway.reference"] = reference
        began = time.perf_counter()
        with structlog.contextvars.bound_contextvars(request_id=reference):
            response = self.get_response(request)
            seconds = time.perf_counter() - began
            route = request.resolver_match.route if request.resolver_match else "-"
            observe(request.method or "-", route, response.status_code, seconds)
            if not request.path.startswith(_QUIET):
                log.info(
                    "request",
                    method=request.method,
                    route=route,
                    status=response.status_code,
                    ms=round(seconds * 1000, 1),
                )
        response.headers["X-Request-ID"] = reference
        return response


def _reference(request: HttpRequest) -> str:
    given = request.headers.get("X-Request-ID", "")
    if settings.CASEWAY.proxies and _FROM_PROXY.fullmatch(given):
        return given
    return secrets.token_hex(6)
