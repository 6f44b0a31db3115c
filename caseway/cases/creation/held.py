"""What was sent after the session had run out: held until the same person has signed in again."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from caseway.accounts.access import View
from caseway.accounts.requests import ViewerRequest
from caseway.accounts.sign_in.redirects import sign_in_address
from caseway.cases.drafting.steps import Step
from caseway.cases.models import CaseDraft

from .begun import step_url

HELD = "held_step"


def held_when_signed_out(step: Step) -> Callable[[View], View]:
    """Of a step: what an anonymous browser sends is held in its session, and it is asked to sign in."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: ViewerRequest, draft: UUID) -> HttpResponseBase:
            if request.method == "POST" and not request.user.is_authenticated:
                return _hold(request, draft, step)
            return view(request, draft)

        return guarded

    return decorate


def released(request: ViewerRequest, key: UUID, step: Step) -> dict[str, Any] | None:
    """What was held of this step of the viewer's draft; it is held no more. None where there is nothing."""
    held: dict[str, Any] | None = request.session.get(HELD)
    if held is None or (held["draft"], held["step"]) != (str(key), step):
        return None
    del request.session[HELD]
    return held if held["sent"] else None


def _hold(request: ViewerRequest, key: UUID, step: Step) -> HttpResponse:
    """Only of a draft that exists; whether it does, the answer doesn't tell."""
    exists = CaseDraft.objects.filter(pk=key).exists()
    names = ("page", "seen", *step.fields)
    request.session[HELD] = {
        "draft": str(key),
        "step": step,
        "sent": {name: request.POST.getlist(name) for name in names} if exists else {},
        "files": bool(request.FILES),
    }
    return redirect(sign_in_address(step_url(key, step)))
