"""Addresses that fail, for the tests of error pages."""

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.http import HttpResponse
from django.urls import path
from psycopg.errors import AdminShutdown, DeadlockDetected

from caseway.core import errors

handler400 = "caseway.core.http.pages.bad_request"
handler403 = "caseway.core.http.pages.not_allowed"
handler404 = "caseway.core.http.pages.not_found"
handler500 = "caseway.core.http.pages.unexpected"


def failing(error, cause=None):
    def view(request):
        raise error from cause

    return view


FAILURES = {
    "not-found": errors.NotFound(),
    "not-allowed": errors.NotAllowed("Only the owner may cancel."),
    "conflict": errors.Conflict("Ben has claimed it."),
    "stale": errors.Stale("It was changed meanwhile."),
    "invalid": errors.Invalid("Please give a reason."),
    "too-many": errors.TooMany("Too many attempts.", retry_after=30),
    "suspicious": SuspiciousOperation("odd"),
    "denied": PermissionDenied(),
    "unexpected": RuntimeError("the password is hunter2"),
}
CAUSED = {
    "unreachable": (OperationalError("gone"), None),
    "shutdown": (OperationalError("gone"), AdminShutdown("shutting down")),
    "deadlock": (OperationalError("deadlock"), DeadlockDetected("deadlock")),
}

urlpatterns = [
    *(path(name, failing(error)) for name, error in FAILURES.items()),
    *(path(name, failing(*causes)) for name, causes in CAUSED.items()),
    path("api/unexpected", failing(RuntimeError("hunter2"))),
    path("fine", lambda request: HttpResponse("fine")),
    path("own", lambda request: HttpResponse("own", headers={"Content-Security-Policy": "sandbox"})),
    path("secret/<token>", lambda request, token: HttpResponse("fine")),
]
