"""The portal's home and My cases."""

from typing import cast

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from caseway.accounts.access import portal_page, signed_in_page
from caseway.accounts.models import Person
from caseway.accounts.requests import ViewerRequest
from caseway.accounts.sign_in.homes import home_of
from caseway.accounts.viewer import Viewer
from caseway.cases.creation.topics import drafts_for
from caseway.core.errors import NotFound

from .filters import CHANNELS, DATES, STATES, MyCases
from .greeting import greeting
from .queries import PAGE, account_of, counts_of, listing_of, questions_for, topics_of

AT_HOME = 10


@require_GET
@signed_in_page
def home(request: ViewerRequest) -> HttpResponse:
    """The portal's home: what waits for the customer, and their latest cases. Agents go to their desk.

    Raises NotFound for somebody without any seat here.
    """
    viewer = request.viewer
    if not viewer.is_contact:
        elsewhere = home_of(cast("Person", request.user))
        if elsewhere == request.path:
            raise NotFound
        return redirect(elsewhere)
    context = _cases(MyCases(), viewer, limit=AT_HOME) | {
        "greeting": greeting(viewer),
        "questions": questions_for(viewer),
        "drafts": drafts_for(viewer),
    }
    return render(request, "portal/mycases/home.html", context)


@require_GET
@portal_page
def my_cases(request: ViewerRequest) -> HttpResponse:
    """All cases of the customer, and for account administrators their account's."""
    wanted = MyCases.from_query(request.GET.dict())
    context = _cases(wanted, request.viewer, cursor=request.GET.get("page"))
    return render(request, "portal/mycases/my_cases.html", context)


def _cases(
    wanted: MyCases, viewer: Viewer, cursor: str | None = None, limit: int = PAGE
) -> dict[str, object]:
    """What the list and its filters show."""
    return {
        "wanted": wanted,
        "listing": listing_of(wanted, viewer, cursor, limit=limit),
        "counts": counts_of(wanted, viewer),
        "topics": topics_of(viewer),
        "states": [(key, str(label)) for key, (label, _statuses) in STATES.items()],
        "channels": [(key, str(label)) for key, (label, _condition) in CHANNELS.items()],
        "dates": [(key, str(label)) for key, label in DATES.items()],
        "viewer": viewer,
        "account": account_of(viewer) if viewer.administers_account else "",
    }
